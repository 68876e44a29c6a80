import { accessible } from './accessible.js';
import { byHand } from './by-hand.js';
import { describePage } from './describe-page.js';
import { partnerPath } from './partner-path.js';
import { signingIn } from './signing-in.js';

describePage(signingIn, partnerPath, byHand, accessible);
