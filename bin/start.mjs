// npm start, npm run demo (--demo): serves HTTP.
import { compiled, loadEnvironmentFile } from './build-if-missing.mjs';

process.setSourceMapsEnabled(true); // so that errors name lines of the sources, not of the bundle
loadEnvironmentFile();
await import(compiled('bundle/main.js'));
