import { hardNames } from './hard-names.js';
import { manyModules } from './many-modules.js';
import { pagesAndLinks } from './pages-and-links.js';
import { reading } from './reading.js';
import { describePage } from './describe-page.js';

describePage(reading, pagesAndLinks, manyModules, hardNames);
