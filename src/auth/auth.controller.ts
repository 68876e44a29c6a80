import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, AUTHENTICATED } from './access.decorator.js';
import type { Caller } from './caller.js';
import { CurrentCaller } from './current-caller.decorator.js';
import { MeResponseDto } from './me.dto.js';
import { ROLES } from '../domain/index.js';

/** Routes about the caller's token. */
@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  /** Returns the caller's id, roles and partner. This is the only route for which a token needs no known role. */
  @Get('me')
  @Access(AUTHENTICATED)
  @ApiOkResponse({ description: 'The caller, from the claims of the token.', type: MeResponseDto })
  getMe(@CurrentCaller() caller: Caller): MeResponseDto {
    return {
      id: caller.id,
      roles: ROLES.filter((role) => caller.roles.has(role)),
      partnerId: caller.partnerId,
      earns: caller.earnsAs !== null,
    };
  }
}
