import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/revenue.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/revenue.js') });
