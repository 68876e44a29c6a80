import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/sign-in.js';

export const t = catalogue(texts, { de: () => import('../texts/de/sign-in.js') });
