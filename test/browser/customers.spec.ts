import { creditHistory } from './credit-history.js';
import { customers } from './customers.js';
import { customersAccessible } from './customers-accessible.js';
import { describePage } from './describe-page.js';
import { ownCredits } from './own-credits.js';
import { recording } from './recording.js';
import { takingBack } from './taking-back.js';

describePage(customers, creditHistory, ownCredits, recording, takingBack, customersAccessible);
