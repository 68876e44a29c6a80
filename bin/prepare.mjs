// Run by npm after `npm ci`: compiles if the compiler is installed. `npm ci --omit=dev` does not install it.
import { build, isCompilerInstalled } from './build-if-missing.mjs';

if (isCompilerInstalled()) build();
else
  process.stderr.write(
    'Nothing is compiled: the compiler is not installed (--omit=dev). dist stays as it is.\n',
  );
