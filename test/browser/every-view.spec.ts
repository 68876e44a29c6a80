import { accessible } from './accessible.js';
import { describePage } from './describe-page.js';

describePage(accessible);
