import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessCheck } from './access-check.js';
import { AccessGuard } from './access.guard.js';
import { AuthController } from './auth.controller.js';
import { JwtStrategy } from './jwt.strategy.js';
import { TokenGate } from './token-gate.js';
import { TokenService } from './token.service.js';

/** Authentication and access control: every route of the application is denied by default. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [AuthController],
  providers: [
    AccessCheck,
    JwtStrategy,
    TokenGate,
    TokenService,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [TokenGate, TokenService],
})
export class AuthModule {}
