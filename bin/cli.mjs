// npm run cli -- COMMAND: the command line over the same services.
import { compiled, loadEnvironmentFile } from './build-if-missing.mjs';

process.setSourceMapsEnabled(true); // for errors that name lines of the sources, not of the bundle
loadEnvironmentFile();
await import(compiled('bundle/cli.js'));
