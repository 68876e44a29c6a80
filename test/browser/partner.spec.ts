import { byHand } from './by-hand.js';
import { partnerPath } from './partner-path.js';
import { signingIn } from './signing-in.js';
import { describePage } from './describe-page.js';

describePage(signingIn, partnerPath, byHand);
