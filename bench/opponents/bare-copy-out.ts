import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { CountingSink } from './counting-sink.js';

/** COPY TO STDOUT through pg-copy-streams into a sink that forgets everything; gives the bytes. */
export async function bareCopyOut(client: Client, copy: string): Promise<number> {
  const sink = new CountingSink();
  await pipeline(client.query(copyTo(copy)), sink);
  return sink.bytes;
}
