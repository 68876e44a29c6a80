import { connect } from 'node:net';
import type { PoolClient } from 'pg';

/** PostgreSQL's manual, 54.7 "Message Formats", CancelRequest. */
const MESSAGE_BYTES = 16;
const CANCEL_REQUEST_CODE = 80_877_102;
const CONNECT_PATIENCE_MS = 2_000;

/** What the driver knows of its own connection. */
interface ConnectedClient {
  readonly processID: number;
  readonly secretKey: number;
  readonly host: string;
  readonly port: number;
  end(): Promise<void>;
}

/**
 * Ends a connection in the middle of whatever it is used for, and has its session stop at once: without that a session
 * that sorts goes on until its first row finds no reader. It takes no other connection of the pool, and asks whatever
 * stands at the other end, which may be a pooler or a replica.
 */
export function abandon(client: PoolClient): void {
  const connected = client as unknown as ConnectedClient;
  requestCancel(connected);
  connected.end().catch(() => {});
}

function requestCancel({ processID, secretKey, host, port }: ConnectedClient): void {
  const message = Buffer.alloc(MESSAGE_BYTES);
  message.writeInt32BE(MESSAGE_BYTES, 0);
  message.writeInt32BE(CANCEL_REQUEST_CODE, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  const socket = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
  socket.setTimeout(CONNECT_PATIENCE_MS, () => socket.destroy());
  socket.on('error', () => {}); // the session notices the broken connection all the same, later
  socket.end(message);
}
