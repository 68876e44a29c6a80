export { UserEntity } from './persistence/user.entity.js';
export { PersonalTexts, type PersonalText } from './personal-texts.js';
export { UserDirectory } from './user-directory.js';
export { rolesGrantableBy, type UserRecord } from './user-record.js';
export { UserRecorder } from './user-recorder.js';
export type { User } from './user.js';
export { UsersService } from './users.service.js';
export { UsersModule } from './users.module.js';
