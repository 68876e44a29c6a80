import { describePage } from './describe-page.js';
import { everyLook } from './every-look.js';
import { importsAndAudit } from './imports-and-audit.js';
import { modulesPath } from './modules-path.js';
import { peopleAndSettings } from './people-and-settings.js';

describePage(everyLook, modulesPath, importsAndAudit, peopleAndSettings);
