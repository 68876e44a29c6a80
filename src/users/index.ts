export { UserEntity } from './persistence/user.entity.js';
export { PERSONAL_TEXT_MAX_CHARACTERS, PersonalTexts, type PersonalText } from './personal-texts.js';
export { refused, winnersOf, type RecordOutcome } from './recording.js';
export { UserDirectory } from './user-directory.js';
export type { RolesGrantable, UserChanges, UserRecord } from './user-record.js';
export { UserRecorder, type UserRecording } from './user-recorder.js';
export type { User } from './user.js';
export { UsersService, type DescribedUser } from './users.service.js';
export { UsersModule } from './users.module.js';
