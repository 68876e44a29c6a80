export { RevenueModule } from './revenue.module.js';
export { RevenueService } from './revenue.service.js';
export { isClean, type Difference, type Verification } from './upkeep/findings.js';
export type { RebuildReport } from './upkeep/rebuild.js';
export type { Viewer } from './viewer.js';
