import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/settings.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/settings.js') });
