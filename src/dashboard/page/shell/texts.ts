import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/shell.js';

/** The texts of the frame around all areas, and the names of the areas. */
export const t = catalogue(texts, { de: () => import('../texts/de/shell.js') });
