import { Writable } from 'node:stream';

/** A stream that forgets everything but how many bytes it was. */
export class CountingSink extends Writable {
  bytes = 0;

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.bytes += chunk.length;
    done();
  }
}
