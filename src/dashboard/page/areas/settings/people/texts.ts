import { catalogue } from '../../../texts/catalogue.js';
import { texts } from '../../../texts/en/people.js';

export const t = catalogue(texts, { de: () => import('../../../texts/de/people.js') });
