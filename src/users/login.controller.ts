import {
  Body,
  Controller,
  HttpCode,
  HttpStatus,
  Injectable,
  Ip,
  Post,
  UseGuards,
  type CanActivate,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { AuditedAs } from '../audit/index.js';
import { Access, PUBLIC } from '../auth/index.js';
import { RequestId } from '../platform/http/index.js';
import { ApiProblems } from '../platform/openapi/index.js';
import { LoginRequestDto, LoginResponseDto } from './login.dto.js';
import { LOGIN_TTL_SECONDS, LoginService, SIGN_IN } from './login.service.js';
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
  constructor(private readonly logins: LoginService) {}

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
}
