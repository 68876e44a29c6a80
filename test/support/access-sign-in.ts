import { BROKEN_JSON, everyone, get, NONSENSE, send, type AccessRow } from './access-row.js';
import { WORLD } from './access-world.js';

/** The access of the routes about sign-in and the caller. */
export const ACCESS_OF_SIGN_IN: Readonly<Record<string, AccessRow>> = {
  'POST /api/auth/login': {
    access: 'public',
    calls: {
      own: send('POST', '/api/auth/login', () => WORLD.login),
      missing: send('POST', '/api/auth/login', () => ({ ...WORLD.login, email: 'nobody@example.com' })),
      malformed: send('POST', '/api/auth/login', () => BROKEN_JSON),
    },
    statuses: { own: 200, missing: 401, malformed: 400 },
  },
  'PUT /api/auth/password': {
    // Own: of callers without a password at this service.
    access: everyone({ own: 422, malformed: 400 }),
    calls: {
      own: send('PUT', '/api/auth/password', () => ({
        currentPassword: WORLD.login.password,
        newPassword: 'another password of the walk',
      })),
      malformed: send('PUT', '/api/auth/password', () => BROKEN_JSON),
    },
  },
  'GET /api/auth/me': {
    access: 'token',
    calls: { own: get('/api/auth/me'), malformed: get(`/api/auth/me${NONSENSE}`) },
    statuses: { own: 200, malformed: 400 },
  },
};
