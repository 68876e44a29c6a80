// The page's tests in a whole Chromium: npm run test:browser. `npm test` runs the same tests in chromium-headless-shell where
// that is installed.
import config from './jest.config.mjs';

process.env.PAGE_BROWSER = 'whole';

/** @type {import('jest').Config} */
export default { ...config, roots: ['<rootDir>/test/browser'] };
