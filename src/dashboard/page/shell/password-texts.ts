import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/password.js';

export const t = catalogue(texts, { de: () => import('../texts/de/password.js') });
