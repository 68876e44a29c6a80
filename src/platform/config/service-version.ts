import { createRequire } from 'node:module';

const manifest = createRequire(import.meta.url)('#package.json') as { readonly version: string };

/** The version that package.json states; no other file has one of its own. */
export const SERVICE_VERSION = manifest.version;
