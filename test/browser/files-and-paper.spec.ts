import { exportPath } from './export-path.js';
import { onPaper } from './on-paper.js';
import { describePage } from './describe-page.js';

describePage(exportPath, onPaper);
