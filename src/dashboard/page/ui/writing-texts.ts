import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/writing.js';

/** The texts of forms that write, and of lists that grow. */
export const t = catalogue(texts, { de: () => import('../texts/de/writing.js') });
