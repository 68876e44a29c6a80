import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/customers.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/customers.js') });
