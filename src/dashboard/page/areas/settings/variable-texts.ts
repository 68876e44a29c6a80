import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/variables.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/variables.js') });
