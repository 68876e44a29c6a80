import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/data.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/data.js') });
