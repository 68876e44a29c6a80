// npm start, npm run demo (--demo): serves HTTP.
import { compiled, loadEnvironmentFile } from './build-if-missing.mjs';

loadEnvironmentFile();
await import(compiled('src/main.js'));
