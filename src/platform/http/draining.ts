import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** How long each part of the end of an HTTP server may take. */
export interface DrainLimits {
  /** New connections are still taken for this long, so that clients find out first that the service is not ready. */
  readonly grace_ms: number;
  /** From then on: how long accepted requests may take. Then their connections are cut. */
  readonly requests_ms: number;
  /** From then on: how long transfers may take, which are downloads under way and uploads that are read as streams. */
  readonly transfers_ms: number;
}

/** Requests that are read as a stream of any length. */
const uploads = new WeakSet<IncomingMessage>();

/** Lets an upload take as long as a transfer may where the service stops meanwhile. */
export function declareUpload(request: IncomingMessage): void {
  uploads.add(request);
}

/**
 * Ends an HTTP server without a failed request. From its begin on readiness answers 503 and each answer says
 * `Connection: close`; connections are still taken for the grace, as a client that reuses a connection, or opens one,
 * before it knows would fail otherwise. Then the server listens no more, idle connections are closed, accepted requests
 * finish.
 */
@Injectable()
export class Draining {
  private readonly responses = new Set<ServerResponse>();
  private readonly sockets = new Set<Socket>();
  private begun = false;

  /** Whether the service is about to end; send it no more requests. */
  get hasBegun(): boolean {
    return this.begun;
  }

  /** Keeps account of the server's connections and requests. Call it before the server listens. */
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

  /** Ends the server within the limits, and gives when all of its connections are closed. */
  async end(server: Server, { grace_ms, requests_ms, transfers_ms }: DrainLimits): Promise<void> {
    this.begun = true;
    for (const response of this.responses) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    if (grace_ms > 0) await sleep(grace_ms);
    const closed = new Promise<void>((resolve) => server.close(() => resolve())); // idle connections are closed, too
    for (const socket of this.sockets) {
      if (socket.bytesRead === 0) socket.destroy(); // opened in advance, and never used
    }
    for (const response of this.responses) closeAfter(response);
    const cuts = [
      setTimeout(() => this.cutAllBut(isTransfer), requests_ms),
      setTimeout(() => this.cutAllBut(() => false), transfers_ms),
    ];
    await closed;
    cuts.forEach(clearTimeout);
  }

  private cutAllBut(isSpared: (response: ServerResponse) => boolean): void {
    const spared = new Set([...this.responses].filter(isSpared).map(({ req }) => req.socket));
    for (const socket of this.sockets) {
      if (!spared.has(socket)) socket.destroy();
    }
  }
}

/** An answer that has begun may have said already that its connection stays. */
function closeAfter(response: ServerResponse): void {
  const { socket } = response.req;
  response.once('finish', () => socket.destroySoon());
}

function isTransfer(response: ServerResponse): boolean {
  return response.headersSent || uploads.has(response.req);
}
