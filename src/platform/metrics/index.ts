export { MetricsModule } from './metrics.module.js';
export { RequestDurations } from './request-durations.js';
