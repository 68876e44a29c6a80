import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/credits.js';

/** The texts of what customers and their own credits have in common. */
export const t = catalogue(texts, { de: () => import('../texts/de/credits.js') });
