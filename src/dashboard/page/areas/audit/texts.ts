import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/audit.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/audit.js') });
