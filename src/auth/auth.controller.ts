import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Access, AUTHENTICATED } from './access.decorator.js';
import type { Caller } from './caller.js';
import { CurrentCaller } from './current-caller.decorator.js';
import { MeResponseDto } from './me.dto.js';
import { ROLES } from '../domain/index.js';

/** What a token says of its bearer. */
@ApiTags('auth')
@Controller('api/auth')
export class AuthController {
  /** Says who the caller is: the one route for which a token needs no known role. */
  @Get('me')
  @Access(AUTHENTICATED)
  @ApiOkResponse({ description: 'The caller, as its token says.', type: MeResponseDto })
  getMe(@CurrentCaller() caller: Caller): MeResponseDto {
    return {
      id: caller.id,
      roles: ROLES.filter((role) => caller.roles.has(role)),
      partnerId: caller.partnerId,
      earns: caller.earnsAs !== null,
    };
  }
}
