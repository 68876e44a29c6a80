import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/modules.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/modules.js') });
