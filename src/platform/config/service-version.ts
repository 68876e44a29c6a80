import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('#package.json') as { readonly version: string };

/** The version from package.json, the only file that contains it. */
export const SERVICE_VERSION = manifest.version;
