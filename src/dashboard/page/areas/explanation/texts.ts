import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/explanation.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/explanation.js') });
