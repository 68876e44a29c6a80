export type { ReportRequest, RevenueReport } from './report/revenue-report.js';
export { RevenueModule } from './revenue.module.js';
export { RevenueService } from './revenue.service.js';
export { revenueTable } from './terminal/revenue-table.js';
export { isClean, type Difference, type Verification } from './upkeep/findings.js';
