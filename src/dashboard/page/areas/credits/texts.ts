import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/own-credits.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/own-credits.js') });
