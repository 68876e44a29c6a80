import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import copyStreams from 'pg-copy-streams';

/** COPY TO STDOUT through pg-copy-streams into a sink that forgets everything; gives the bytes. */
export async function bareCopyOut(client, copy) {
  let bytes = 0;
  const sink = new Writable({
    write(chunk, _, done) {
      bytes += chunk.length;
      done();
    },
  });
  await pipeline(client.query(copyStreams.to(copy)), sink);
  return bytes;
}
