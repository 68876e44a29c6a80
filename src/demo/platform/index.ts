export { MODULES, PARTNERS, SHOWN_PARTNER_ID } from './catalogue.js';
export { demoPlatform, midnightBefore } from './demo-platform.js';
export type { ImportRecord } from './journal.js';
export { SHOWN_PEOPLE, STAFF, type DemoPerson } from './people.js';
export { DAY } from './timeline.js';
