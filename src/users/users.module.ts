import { Module, type OnModuleInit } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { InjectDataSource, TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { TokenGate } from '../auth/index.js';
import { preparedQueryOf } from '../platform/database/index.js';
import { Anonymisation } from './anonymisation.js';
import { LoginThrottle } from './login-throttle.js';
import { LoginController } from './login.controller.js';
import { LoginService } from './login.service.js';
import { OwnPassword } from './own-password.js';
import { Passwords } from './passwords.js';
import { PersonalTextEntity } from './persistence/personal-text.entity.js';
import { UserEntity } from './persistence/user.entity.js';
import { PersonalTexts } from './personal-texts.js';
import { UserDirectory } from './user-directory.js';
import { UserRecorder } from './user-recorder.js';
import { UsersController } from './users.controller.js';
import { UsersService } from './users.service.js';

/** Runs for every request. With the ids in a subquery, PostgreSQL uses one generic plan. */
const ANONYMISED = `
  SELECT id FROM users WHERE id = ANY (ARRAY(SELECT unnest($1::text[]))) AND anonymised_at IS NOT NULL`;

/** The platform's users, with their roles and sign-in. */
@Module({
  imports: [
    TypeOrmModule.forFeature([UserEntity, PersonalTextEntity]),
    // LoginThrottle uses only its storage; nothing else is throttled (docs/contract.md).
    ThrottlerModule.forRoot([]),
  ],
  controllers: [UsersController, LoginController],
  providers: [
    Anonymisation,
    LoginService,
    LoginThrottle,
    OwnPassword,
    Passwords,
    PersonalTexts,
    UserDirectory,
    UserRecorder,
    UsersService,
  ],
  exports: [PersonalTexts, UserDirectory, UserRecorder, UsersService],
})
export class UsersModule implements OnModuleInit {
  constructor(
    private readonly tokenGate: TokenGate,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** Registers the check that refuses tokens of anonymised users. */
  onModuleInit(): void {
    this.tokenGate.register(async (ids) => {
      const rows = await preparedQueryOf<{ id: string }>(this.dataSource, ANONYMISED, [ids]);
      return rows.map(({ id }) => id);
    });
  }
}
