import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { addressOf, DATABASE_NAME, OWNER_ROLE, readCredentials, SERVICE_ROLE } from './credentials.js';
import { exclusively, withServer, type RunningServer } from './embedded-server.js';
import { layoutOf } from './layout.js';
import { connectAsSuperuser, enter, leave } from './membership.js';
import { runningPostmaster } from './postmaster.js';
import { stopServer } from './server.js';

const REJOIN_PAUSE_MS = 1_000;
const DURABLE = { durable: true };

/** This process's membership in the embedded server. */
export interface EmbeddedDatabase {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  /** Ends the membership, once. The last process that leaves stops the server. Never throws. */
  leave(): Promise<void>;
}

/**
 * Starts the embedded server of a data folder, or joins the server that other processes share. While this process is a
 * member, a server that was killed is started again at the same address.
 *
 * @param notify receives a sentence about each later change of the server
 * @throws StartupError with one message that names the cause
 */
export async function joinEmbedded(
  dataDirectory: string,
  notify: (what: string) => void,
): Promise<EmbeddedDatabase> {
  const membership = new Membership(dataDirectory, notify);
  const { postmaster, credentials } = await membership.join();
  return {
    ownerUrl: addressOf(OWNER_ROLE, credentials.ownerPassword, postmaster.port, DATABASE_NAME),
    serviceUrl: addressOf(SERVICE_ROLE, credentials.servicePassword, postmaster.port, DATABASE_NAME),
    leave: () => membership.leave(),
  };
}

class Membership {
  private session: Client | null = null;
  private leaving: Promise<void> | null = null;

  constructor(
    private readonly dataDirectory: string,
    private readonly notify: (what: string) => void,
  ) {}

  join(): Promise<RunningServer> {
    return withServer(this.dataDirectory, DURABLE, async (server) => {
      await this.enter(server);
      return server;
    });
  }

  leave(): Promise<void> {
    this.leaving ??= this.leaveOnce();
    return this.leaving;
  }

  private async leaveOnce(): Promise<void> {
    try {
      if (!existsSync(this.dataDirectory)) {
        await this.session?.end();
        return;
      }
      await exclusively(this.dataDirectory, async (layout) => {
        const postmaster = runningPostmaster(layout.cluster);
        if (postmaster === null) return;
        const session =
          this.session ?? (await connectAsSuperuser(postmaster, readCredentials(layout.credentials)));
        if (await leave(session)) await stopServer(layout);
      });
    } catch (error) {
      this.notify(`The embedded PostgreSQL could not be released cleanly (${(error as Error).message}).`);
    }
  }

  private async enter(server: RunningServer): Promise<void> {
    const session = await connectAsSuperuser(server.postmaster, server.credentials);
    session.on('error', () => {}); // 'end' is emitted as well
    session.once('end', () => this.onSessionEnd(session));
    await enter(session);
    this.session = session;
  }

  private onSessionEnd(session: Client): void {
    if (this.leaving !== null || this.session !== session) return;
    this.session = null;
    this.notify('The embedded PostgreSQL stopped; starting it again.');
    void this.rejoin();
  }

  /**
   * Starts the server again if necessary, and renews the membership, so that no other process considers itself the
   * last.
   */
  private async rejoin(): Promise<void> {
    while (this.leaving === null) {
      try {
        this.assertDataIsThere();
        await withServer(this.dataDirectory, DURABLE, async (server) => {
          if (this.leaving === null) await this.enter(server);
        });
        this.notify('The embedded PostgreSQL runs again.');
        return;
      } catch (error) {
        this.notify(
          `The embedded PostgreSQL cannot be started again (${(error as Error).message}); retrying.`,
        );
        await sleep(REJOIN_PAUSE_MS);
      }
    }
  }

  /** Refuses to create a new database in place of a lost one: it would have other passwords and no data. */
  private assertDataIsThere(): void {
    const { home } = layoutOf(this.dataDirectory);
    if (!existsSync(home)) throw new Error(`${home} is gone; put it back`);
  }
}
