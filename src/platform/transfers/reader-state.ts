import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { ReaderState } from './reader-pace.js';

/** Linux's tables of TCP connections (proc(5)). */
const CONNECTION_TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * What the other side of a connection has received so far. If the kernel reports its buffer (Linux), the buffer counts
 * as not received: it can contain megabytes on a fast network, and Node is notified only when a third of it is free
 * again.
 */
export async function readerStateOf(socket: Socket): Promise<ReaderState> {
  const queued = await kernelQueueOf(socket);
  const waiting = socket.writableLength + queued;
  return { at_ms: performance.now(), taken_bytes: socket.bytesWritten - waiting, isOwed: waiting > 0 };
}

/** Bytes in the kernel's buffer that the other side has not acknowledged; 0 if the kernel does not report it. */
async function kernelQueueOf({ localPort, remotePort }: Socket): Promise<number> {
  if (process.platform !== 'linux' || localPort === undefined || remotePort === undefined) return 0;
  const ports = new RegExp(
    String.raw`^ *\d+: [\dA-F]+:${portText(localPort)} [\dA-F]+:${portText(remotePort)} [\dA-F]+ ([\dA-F]+):`,
    'gm',
  );
  const tables = await Promise.all(CONNECTION_TABLES.map((path) => readFile(path, 'latin1').catch(() => '')));
  const queues = [...tables.join('\n').matchAll(ports)].map(([, bytes = '0']) => Number.parseInt(bytes, 16));
  // Clients on different machines can have the same port; the smallest value favours the reader.
  return queues.length === 0 ? 0 : Math.min(...queues);
}

function portText(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}
