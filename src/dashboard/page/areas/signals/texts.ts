import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/signals.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/signals.js') });
