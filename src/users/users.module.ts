import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Passwords } from './passwords.js';
import { PersonalTextEntity } from './persistence/personal-text.entity.js';
import { UserEntity } from './persistence/user.entity.js';
import { PersonalTexts } from './personal-texts.js';
import { UserDirectory } from './user-directory.js';
import { UserRecorder } from './user-recorder.js';

/** The platform's people: who they are, what they may do, and how some of them sign in. */
@Module({
  imports: [TypeOrmModule.forFeature([UserEntity, PersonalTextEntity])],
  providers: [Passwords, PersonalTexts, UserDirectory, UserRecorder],
  exports: [PersonalTexts, UserDirectory, UserRecorder],
})
export class UsersModule {}
