// npm run cli -- COMMAND: the command line of the service.
import { compiled, loadEnvironmentFile } from './build-if-missing.mjs';

process.setSourceMapsEnabled(true); // so that errors name lines of the sources, not of the bundle
loadEnvironmentFile();
await import(compiled('bundle/cli.js'));
