export { Access, ANY_ROLE, AUTHENTICATED, PUBLIC } from './access.decorator.js';
export { AUTH_PROBLEMS } from './auth.problems.js';
export { AuthModule } from './auth.module.js';
export { hasAnyRole, isGlobalReader, type Caller } from './caller.js';
export { CurrentCaller, type AuthenticatedRequest } from './current-caller.decorator.js';
export { isRole, ROLES, type Role } from './role.js';
export { TokenGate } from './token-gate.js';
export { TokenService } from './token.service.js';
