import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Time limits for the parts of a shutdown. */
export interface DrainLimits {
  /** How long new connections are still accepted, so that clients learn first that the service is not ready. */
  readonly grace_ms: number;
  /** After that: how long accepted requests can take before their connections are cut. */
  readonly requests_ms: number;
  /** After that: how long transfers can take, which are running downloads and uploads that are read as streams. */
  readonly transfers_ms: number;
}

/** Requests that are read as a stream of any length. */
const uploads = new WeakSet<IncomingMessage>();

/** Marks a request as an upload, so that a shutdown waits for it as long as for a transfer. */
export function declareUpload(request: IncomingMessage): void {
  uploads.add(request);
}

/**
 * Shuts an HTTP server down without failed requests. From the start, readiness returns 503, and each answer contains
 * `Connection: close`. Connections are still accepted for the grace time, because a client that does not know yet would
 * fail otherwise. Then the server stops listening, closes idle connections and finishes the accepted requests.
 */
@Injectable()
export class Draining {
  private readonly responses = new Set<ServerResponse>();
  private readonly sockets = new Set<Socket>();
  private begun = false;

  /** Whether the shutdown has begun; the process should get no more requests. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Tracks the server's connections and requests. Must be called before the server listens. */
  follow(server: Server): void {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.prependListener('request', (_request, response) => {
      this.responses.add(response);
      response.once('close', () => this.responses.delete(response));
      if (this.begun) response.setHeader('Connection', 'close');
    });
  }

  /** Shuts the server down within the limits; resolves when all its connections are closed. */
  async end(server: Server, { grace_ms, requests_ms, transfers_ms }: DrainLimits): Promise<void> {
    this.begun = true;
    for (const response of this.responses) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    if (grace_ms > 0) await sleep(grace_ms);
    const closed = new Promise<void>((resolve) => server.close(() => resolve())); // also closes idle connections
    for (const socket of this.sockets) {
      if (socket.bytesRead === 0) socket.destroy(); // opened in advance and never used
    }
    for (const response of this.responses) closeAfter(response);
    const cuts = [
      setTimeout(() => this.cutAllExcept(isTransfer), requests_ms),
      setTimeout(() => this.cutAllExcept(() => false), transfers_ms),
    ];
    await closed;
    cuts.forEach(clearTimeout);
  }

  private cutAllExcept(isSpared: (response: ServerResponse) => boolean): void {
    const spared = new Set([...this.responses].filter(isSpared).map(({ req }) => req.socket));
    for (const socket of this.sockets) {
      if (!spared.has(socket)) socket.destroy();
    }
  }
}

/** Closes the connection after the answer, because its headers may already have promised to keep it alive. */
function closeAfter(response: ServerResponse): void {
  const { socket } = response.req;
  response.once('finish', () => socket.destroySoon());
}

function isTransfer(response: ServerResponse): boolean {
  return response.headersSent || uploads.has(response.req);
}
