export { logoPath } from './brand.js';
export { CONFIG, ConfigModule } from './config.module.js';
export { createOnce, readIfThere } from './create-once.js';
export type { AuthConfig, Brand, Config, LogLevel, TokenKeyConfig } from './config.js';
export { loadConfig } from './load-config.js';
export { SERVICE_VERSION } from './service-version.js';
export { StartupError } from './startup-error.js';
