import { connect } from 'node:net';
import type { PoolClient } from 'pg';

/** CancelRequest: PostgreSQL's manual, 54.7 "Message Formats". */
const MESSAGE_BYTES = 16;
const CANCEL_REQUEST_CODE = 80_877_102;
const CONNECT_PATIENCE_MS = 2_000;
/**
 * A request that overtakes its statement cancels nothing, and nothing on the server would end the statement then. So it
 * is sent again; for a session that has ended, it does nothing.
 */
const CANCEL_AFTER_MS = [0, 50, 200, 800];

/** Fields of the driver's client that a CancelRequest needs. */
interface ConnectedClient {
  readonly processID: number;
  readonly secretKey: number;
  readonly host: string;
  readonly port: number;
  end(): Promise<void>;
}

/**
 * Ends a connection at once, even during a statement, and cancels that statement on the server. Without the cancel
 * request a session that sorts would go on until it sends its first row. The request uses no other connection of the
 * pool. It goes to the same host and port as the connection, which may be a pooler or a replica.
 */
export function abandon(client: PoolClient): void {
  const connected = client as unknown as ConnectedClient;
  for (const delay_ms of CANCEL_AFTER_MS) {
    if (delay_ms === 0) requestCancel(connected);
    else setTimeout(() => requestCancel(connected), delay_ms).unref();
  }
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
  socket.on('error', () => {}); // without the cancel, the session still notices the broken connection later
  socket.end(message);
}
