export { TimeZones } from './time-zones.js';
export { VariablesModule } from './variables.module.js';
export { CREDITS_PER_UNIT_DEFAULT, VariablesService, type Variables } from './variables.service.js';
