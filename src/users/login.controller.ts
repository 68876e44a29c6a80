import {
  Body,
  Controller,
  HttpCode,
  HttpStatus,
  Injectable,
  Ip,
  Post,
  Put,
  UseGuards,
  type CanActivate,
} from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs, CurrentWrite, Writes, type CurrentHttpWrite } from '../audit/index.js';
import { Access, ANY_ROLE, CurrentCaller, PUBLIC, type Caller } from '../auth/index.js';
import { RequestId } from '../platform/http/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { ChangePasswordRequestDto, LoginRequestDto, LoginResponseDto } from './login.dto.js';
import { LOGIN_TTL_SECONDS, LoginService, SIGN_IN } from './login.service.js';
import { OwnPassword } from './own-password.js';
import { LOGIN_PROBLEMS } from './users.problems.js';

/** Answers 404 before a body is read, if users do not sign in at this service. */
@Injectable()
class LocalLoginGuard implements CanActivate {
  constructor(private readonly logins: LoginService) {}

  canActivate(): boolean {
    this.logins.assertLocal();
    return true;
  }
}

/** Sign-in for users with a password at this service. */
@ApiTags('auth')
@Controller('api/auth')
export class LoginController {
  constructor(
    private readonly logins: LoginService,
    private readonly passwords: OwnPassword,
    private readonly writes: Writes,
  ) {}

  /** Returns a token that is valid for 1 hour, for an e-mail address and a password. */
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @Access(PUBLIC)
  @AuditedAs(SIGN_IN, 'user')
  @UseGuards(LocalLoginGuard)
  @ApiOkResponse({ description: 'The user is signed in.', type: LoginResponseDto })
  @ApiProblems(LOGIN_PROBLEMS.WRONG_CREDENTIALS, LOGIN_PROBLEMS.NOT_HERE, LOGIN_PROBLEMS.TOO_MANY_ATTEMPTS)
  async login(
    @Body() { email, password }: LoginRequestDto,
    @Ip() address: string,
    @RequestId() requestId: string,
  ): Promise<LoginResponseDto> {
    const accessToken = await this.logins.login(email, password, address, requestId);
    return { accessToken, tokenType: 'Bearer', expiresIn: LOGIN_TTL_SECONDS };
  }

  /**
   * Changes the caller's own password at this service. Attempts count like those to sign in. Tokens that were issued
   * before stay valid until they expire, at most an hour.
   */
  @Put('password')
  @HttpCode(HttpStatus.NO_CONTENT)
  @Access(ANY_ROLE)
  @AuditedAs('auth.password', 'user')
  @UseGuards(LocalLoginGuard)
  @ApiNoContentResponse({ description: 'The password is changed.' })
  @ApiProblems(LOGIN_PROBLEMS.WRONG_PASSWORD, LOGIN_PROBLEMS.NOT_HERE, LOGIN_PROBLEMS.TOO_MANY_ATTEMPTS)
  async setPassword(
    @Body() body: ChangePasswordRequestDto,
    @CurrentCaller() { id }: Caller,
    @Ip() address: string,
    @CurrentWrite() write: CurrentHttpWrite,
  ): Promise<void> {
    const change = await this.passwords.judge(id, body, address);
    await this.writes.answer(write, async (manager) => {
      await this.passwords.set(change, manager);
      return { status: HttpStatus.NO_CONTENT, body: {}, outcome: 'done', targetId: id };
    });
  }
}
