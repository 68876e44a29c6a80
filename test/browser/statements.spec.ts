import { describePage } from './describe-page.js';
import { statementsPath } from './statements.js';

describePage(statementsPath);
