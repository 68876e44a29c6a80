import { describePage } from './describe-page.js';
import { importsAndAudit } from './imports-and-audit.js';
import { modulesPath } from './modules-path.js';
import { peopleAndSettings } from './people-and-settings.js';

describePage(modulesPath, importsAndAudit, peopleAndSettings);
