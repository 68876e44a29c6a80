// npm run cli -- COMMAND: the command line over the same services.
import { compiled, loadEnvironmentFile } from './build-if-missing.mjs';

loadEnvironmentFile();
await import(compiled('src/cli.js'));
