// The hostile tests at their full number of rounds: npm run test:hostile. `npm test` runs the same tests with few rounds.
import config from './jest.config.mjs';

process.env.HOSTILE_ROUNDS = 'full';

/** @type {import('jest').Config} */
export default { ...config, roots: ['<rootDir>/test/hostile'], testTimeout: 600_000 };
