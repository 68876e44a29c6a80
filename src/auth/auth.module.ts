import { Global, Module } from '@nestjs/common';
import { TokenGate } from './token-gate.js';
import { TokenService } from './token.service.js';

/** Who calls, and whether it may: denies by default, for every route of the application. */
@Global()
@Module({
  providers: [TokenGate, TokenService],
  exports: [TokenGate, TokenService],
})
export class AuthModule {}
