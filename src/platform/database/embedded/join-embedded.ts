import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { addressOf, DATABASE_NAME, OWNER_ROLE, readCredentials, SERVICE_ROLE } from './credentials.js';
import { exclusively, withServer, type RunningServer } from './embedded-server.js';
import { connectAsSuperuser, enter, leave } from './membership.js';
import { runningPostmaster } from './postmaster.js';
import { stopServer } from './server.js';

const REJOIN_PAUSE_MS = 1_000;
const DURABLE = { durable: true };

/** This process's part in the embedded server, until it leaves. */
export interface EmbeddedDatabase {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  /** Ends the part of this process, once; the last one out stops the server. Never throws. */
  leave(): Promise<void>;
}

/**
 * Starts the embedded server of a data folder, or joins the one that other processes share. While this process is in,
 * a server that is killed is started again at the same address.
 *
 * @param notify told, in a sentence, what happens to the server later on
 * @throws StartupError with one sentence that says what is in the way
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
      await exclusively(this.dataDirectory, async (layout) => {
        const postmaster = runningPostmaster(layout.cluster);
        if (postmaster === null) return;
        const session =
          this.session ?? (await connectAsSuperuser(postmaster, readCredentials(layout.credentials)));
        if (await leave(session)) await stopServer(layout);
      });
    } catch (error) {
      this.notify(`The embedded PostgreSQL could not be left in order (${(error as Error).message}).`);
    }
  }

  private async enter(server: RunningServer): Promise<void> {
    const session = await connectAsSuperuser(server.postmaster, server.credentials);
    session.on('error', () => {}); // told by 'end' as well
    session.once('end', () => this.onSessionEnd(session));
    await enter(session);
    this.session = session;
  }

  private onSessionEnd(session: Client): void {
    if (this.leaving !== null || this.session !== session) return;
    this.session = null;
    this.notify('The embedded PostgreSQL went away; starting it again.');
    void this.rejoin();
  }

  /** Also what keeps another process from thinking that it is the last one. */
  private async rejoin(): Promise<void> {
    while (this.leaving === null) {
      try {
        await withServer(this.dataDirectory, DURABLE, async (server) => {
          if (this.leaving === null) await this.enter(server);
        });
        this.notify('The embedded PostgreSQL is back.');
        return;
      } catch (error) {
        this.notify(
          `The embedded PostgreSQL does not come back (${(error as Error).message}); trying again.`,
        );
        await sleep(REJOIN_PAUSE_MS);
      }
    }
  }
}
