export { addressOf, MAINTENANCE_DATABASE, OWNER_ROLE, SERVICE_ROLE, SUPERUSER } from './credentials.js';
export { withServer, type RunningServer } from './embedded-server.js';
export { joinEmbedded } from './join-embedded.js';
