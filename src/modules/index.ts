export { modulesWritableBy, type ModuleRecord } from './module-record.js';
export { ModuleRecorder } from './module-recorder.js';
export { MODULES_PROBLEMS } from './modules.problems.js';
export { ModulesModule } from './modules.module.js';
export { ModuleEntity } from './persistence/module.entity.js';
