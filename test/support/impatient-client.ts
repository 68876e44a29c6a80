import { connect, type Socket } from 'node:net';

/** How a client disconnects: it closes its socket (FIN), resets it (RST), or closes its own half and reads on. */
export const LEAVINGS = {
  FIN: (socket: Socket) => socket.destroy(),
  RST: (socket: Socket) => socket.resetAndDestroy(),
  'half-close': (socket: Socket) => socket.end(),
} as const;
export type Leaving = keyof typeof LEAVINGS;

/** A request on a separate connection, sent as it is written. */
export interface RawRequest {
  /** `http://127.0.0.1:<port>`. */
  readonly baseUrl: string;
  /** Request line and headers except `Host`. */
  readonly head: readonly string[];
  /** Sent after the head, which states the length of the whole body. */
  readonly body?: Uint8Array | string;
}

/** Sends a request and reads nothing of its answer. */
export function openRequest({ baseUrl, head, body = '' }: RawRequest): Promise<Socket> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.removeListener('error', reject);
      socket.on('error', () => {}); // The test breaks this connection on purpose.
      socket.write(`${[...head, 'Host: test'].join('\r\n')}\r\n\r\n`);
      socket.write(body);
      resolve(socket);
    });
    socket.once('error', reject);
    socket.pause();
  });
}

/** Reads until this many bytes have come, or the server has closed; then reads no more. */
export function readBytes(socket: Socket, bytes: number): Promise<number> {
  return new Promise((resolve) => {
    let seen = 0;
    const finish = (): void => {
      socket.removeListener('data', take);
      socket.removeListener('close', finish);
      socket.pause();
      resolve(seen);
    };
    const take = (chunk: Buffer): void => {
      seen += chunk.length;
      if (seen >= bytes) finish();
    };
    socket.on('data', take);
    socket.once('close', finish);
    socket.resume();
  });
}

/** Reads all that comes until the server closes, or the last chunk has come. */
export function readAll(socket: Socket): Promise<string> {
  return readAt(socket, Number.POSITIVE_INFINITY);
}

/**
 * Reads at a steady rate until the server closes, or the last chunk has come.
 *
 * @param rate_bytesPerSecond at most so many on an average
 */
export function readAt(socket: Socket, rate_bytesPerSecond: number): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const begun_ms = performance.now();
    let bytes = 0;
    const finish = (): void => {
      resolve(Buffer.concat(chunks).toString('latin1'));
      socket.destroy();
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (chunk.toString('latin1').endsWith('\r\n0\r\n\r\n')) {
        finish();
        return;
      }
      const ahead_ms = (bytes / rate_bytesPerSecond) * 1_000 - (performance.now() - begun_ms);
      if (ahead_ms <= 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), ahead_ms);
    });
    socket.once('close', finish);
    socket.resume();
  });
}
