import { catalogue } from '../../texts/catalogue.js';
import { texts } from '../../texts/en/statements.js';

export const t = catalogue(texts, { de: () => import('../../texts/de/statements.js') });
