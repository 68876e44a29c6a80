export type { AppliedMigrations } from '../database/migrate.js';
export { openRuntime, type Runtime, type RuntimeOptions } from './open-runtime.js';
export { PlatformModule } from './platform.module.js';
