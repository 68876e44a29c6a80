import { catalogue } from '../texts/catalogue.js';
import { texts } from '../texts/en/ui.js';

/** The texts of the shared components. */
export const t = catalogue(texts, { de: () => import('../texts/de/ui.js') });
