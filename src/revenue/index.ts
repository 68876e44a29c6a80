export { RevenueReconciliation, type RevenueFinding } from './reconciliation/revenue-reconciliation.js';
export { REVENUE_COLUMNS } from './reconciliation/expected-revenue.js';
export { readDeploymentDays } from './summary/deployment-days.js';
export type { ReportRequest, RevenueReport } from './report/revenue-report.js';
export { RevenueModule } from './revenue.module.js';
export { RevenueService } from './revenue.service.js';
export { revenueTable } from './terminal/revenue-table.js';
export { viewerOf } from './viewer.js';
export { isClean, type Difference, type Verification } from './upkeep/findings.js';
