export {
  addressOf,
  DATABASE_NAME,
  MAINTENANCE_DATABASE,
  OWNER_ROLE,
  SERVICE_ROLE,
  SUPERUSER,
} from './credentials.js';
export { stopForEverybody, withServer, type RunningServer } from './embedded-server.js';
export { joinEmbedded, type EmbeddedDatabase } from './join-embedded.js';
