import { describePage } from './describe-page.js';
import { exportPath } from './export-path.js';
import { hardNames } from './hard-names.js';
import { manyModules } from './many-modules.js';
import { onPaper } from './on-paper.js';
import { pagesAndLinks } from './pages-and-links.js';
import { reading } from './reading.js';

describePage(reading, pagesAndLinks, manyModules, hardNames, exportPath, onPaper);
