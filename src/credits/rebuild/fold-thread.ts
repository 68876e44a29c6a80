// A worker thread of a rebuild: folds one share of the users.
import { parentPort, workerData } from 'node:worker_threads';
import { foldShare } from './fold-share.js';
import type { Share } from './rebuild-run.js';

const { ownerUrl, share } = workerData as { ownerUrl: string; share: Share };
await foldShare(ownerUrl, share, (done) => parentPort?.postMessage(done));
