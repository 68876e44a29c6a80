import { Body, Controller, Get, HttpCode, HttpStatus, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../audit/index.js';
import { Access, AUTH_PROBLEMS, CurrentCaller, type Caller } from '../auth/index.js';
import { HTTP_PROBLEMS } from '../platform/http/index.js';
import { HonoursIdempotencyKey } from '../platform/idempotency/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { PAGING_PROBLEMS } from '../platform/paging/index.js';
import { PlatformIdParam } from '../platform/validation/index.js';
import { Anonymisation } from './anonymisation.js';
import {
  AnonymisedUserDto,
  CreateUserRequestDto,
  EditUserRequestDto,
  UserListRequestDto,
  UserListResponseDto,
  UserResponseDto,
} from './user.dto.js';
import { USERS_PROBLEMS } from './users.problems.js';
import { UsersService } from './users.service.js';

const WRITING_PROBLEMS = [
  USERS_PROBLEMS.NOT_GRANTABLE,
  USERS_PROBLEMS.PRIVILEGED,
  USERS_PROBLEMS.PASSWORD_NOT_YOURS,
  USERS_PROBLEMS.PASSWORD_NEEDS_EMAIL,
  USERS_PROBLEMS.EMAIL_TAKEN,
  USERS_PROBLEMS.ANONYMISED,
];

/** The platform's users. */
@ApiTags('users')
@Controller('api/users')
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly anonymisation: Anonymisation,
    private readonly writes: Writes,
  ) {}

  /** Lists users, sorted by id, or finds them by the first letters of id, e-mail address or name. */
  @Get()
  @Access('finance', 'admin', 'platform')
  @ApiOkResponse({ description: 'A page of the list.', type: UserListResponseDto })
  @ApiProblems(PAGING_PROBLEMS.BAD_CURSOR)
  listUsers(@Query() query: UserListRequestDto): Promise<UserListResponseDto> {
    return this.users.list(query);
  }

  /** Shows a user. */
  @Get(':id')
  @Access('finance', 'admin', 'platform')
  @ApiOkResponse({ description: 'The user.', type: UserResponseDto })
  @ApiProblems(USERS_PROBLEMS.NOT_FOUND)
  getUser(@PlatformIdParam('id') id: string): Promise<UserResponseDto> {
    return this.users.get(id);
  }

  /** Records a user. A repeated request answers 200 and changes nothing. */
  @Post()
  @Access('admin', 'platform')
  @AuditedAs('users.create', 'user')
  @HonoursIdempotencyKey()
  @ApiCreatedResponse({ description: 'The user was recorded.', type: UserResponseDto })
  @ApiOkResponse({ description: 'The user was already recorded with this content.', type: UserResponseDto })
  @ApiProblems(...WRITING_PROBLEMS, USERS_PROBLEMS.CONFLICT)
  createUser(
    @Body() body: CreateUserRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<UserResponseDto> {
    return this.writes.answer(write, async (manager) => {
      const { user, isNew } = await this.users.create(body, caller, manager);
      return {
        status: isNew ? HttpStatus.CREATED : HttpStatus.OK,
        body: user,
        outcome: isNew ? 'done' : 'known',
        targetId: user.id,
        details: { roles: user.roles },
        personId: user.id,
      };
    });
  }

  /** Changes a user's e-mail address, name, roles or password. */
  @Patch(':id')
  @Access('admin', 'platform')
  @AuditedAs('users.edit', 'user')
  @ApiOkResponse({ description: 'The user after the change.', type: UserResponseDto })
  @ApiProblems(USERS_PROBLEMS.NOT_FOUND, ...WRITING_PROBLEMS)
  updateUser(
    @PlatformIdParam('id') id: string,
    @Body() body: EditUserRequestDto,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<UserResponseDto> {
    return this.writes.answer(write, async (manager) => {
      const { user, isChanged } = await this.users.edit(id, body, caller, manager);
      return {
        status: HttpStatus.OK,
        body: user,
        outcome: isChanged ? 'done' : 'known',
        targetId: id,
        details: { fields: Object.keys(body), roles: user.roles },
      };
    });
  }

  /**
   * Anonymises a user: erases e-mail address, name, password, roles and free texts permanently, and keeps the id, the
   * ledger and all sums. Afterwards the user's tokens are refused, and later records of the user change nothing. Ledger
   * entries can still be recorded. A repeated request gives the same answer.
   */
  @Post(':id/anonymise')
  @HttpCode(HttpStatus.OK)
  @Access('admin')
  @AuditedAs('users.anonymise', 'user')
  @HonoursIdempotencyKey()
  @ApiOkResponse({ description: 'The user is anonymised.', type: AnonymisedUserDto })
  @ApiProblems(
    AUTH_PROBLEMS.OWN_INTEREST,
    USERS_PROBLEMS.NOT_FOUND,
    USERS_PROBLEMS.NOT_YOURSELF,
    HTTP_PROBLEMS.OUTCOME_UNKNOWN,
  )
  anonymiseUser(
    @PlatformIdParam('id') id: string,
    @CurrentCaller() caller: Caller,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<AnonymisedUserDto> {
    return this.writes.answer(write, async (manager) => {
      const { user, isNew } = await this.anonymisation.anonymise(id, caller, manager);
      return {
        status: HttpStatus.OK,
        body: user,
        outcome: isNew ? 'done' : 'known',
        targetId: id,
      };
    });
  }
}
