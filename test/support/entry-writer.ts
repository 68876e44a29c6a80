import { send, type Answer, type TestRequest } from './http-client.js';
import { importRecords, type TestRecord } from './lines.js';
import type { TestService } from './service.js';
import { tokenOf } from './tokens.js';

/** The callers that write in tests of the ledger's routes. */
export const WRITERS = {
  platform: tokenOf('backend', ['platform']),
  admin: tokenOf('root', ['admin']),
  finance: tokenOf('clerk', ['finance']),
} as const;

/** Modules that cost 4: `maps` of partner `maker`, `core` of the platform, `vault` for purchased credits, `old` archived. */
const CATALOGUE: readonly TestRecord[] = [
  { type: 'user', id: 'maker', roles: ['partner'] },
  { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '4' },
  { type: 'module', id: 'core', name: 'Core', partnerId: null, creditCost: '4' },
  {
    type: 'module',
    id: 'vault',
    name: 'Vault',
    partnerId: 'maker',
    creditCost: '4',
    requiresPurchasedCredits: true,
  },
  { type: 'module', id: 'old', name: 'Old', partnerId: 'maker', creditCost: '4', archived: true },
];

/** The fields of a repeated request's answer that differ from those of the first one, because nothing changed. */
export function unchanged({ balance }: { readonly balance?: unknown }): object {
  return { balanceBefore: balance, changedDeployments: [], revenueChanges: [] };
}

/** Writes credits over HTTP for tests that create a new user for each case. */
export class EntryWriter {
  private users = 0;

  constructor(private readonly service: Pick<TestService, 'url' | 'app'>) {}

  /** Records the modules, and their partner. */
  async settle(): Promise<void> {
    await importRecords(this.service.app, CATALOGUE);
  }

  /** A new user with earlier entries: lines without their userId; their ids are made unique with the user's id. */
  async user(...lines: readonly TestRecord[]): Promise<string> {
    const userId = `u${(this.users += 1)}`;
    const own = lines.map((line) => ({ userId, ...line }));
    const report = await importRecords(this.service.app, [
      { type: 'user', id: userId, roles: ['user'] },
      ...own,
    ]);
    if (report.refused > 0) throw new Error(JSON.stringify(report.refusals));
    return userId;
  }

  /** A new user with free credits, and purchased ones that cost 0.1 each. */
  userWith({ free, purchased }: { free?: string; purchased?: string }): Promise<string> {
    const n = this.users + 1;
    const occurredAt = '2026-01-01T00:00:00Z';
    return this.user(
      ...(free === undefined ? [] : [{ type: 'award', externalId: `gift-${n}`, credits: free, occurredAt }]),
      ...(purchased === undefined
        ? []
        : [
            {
              type: 'purchase',
              externalId: `buy-${n}`,
              credits: purchased,
              amount: String(Number(purchased) / 10),
              occurredAt,
            },
          ]),
    );
  }

  post(path: string, body: unknown, token: string = WRITERS.platform): Promise<Answer> {
    return this.send(path, { method: 'POST', token, body });
  }

  get(path: string, token: string = WRITERS.platform): Promise<Answer> {
    return this.send(path, { token });
  }

  send(path: string, request: TestRequest): Promise<Answer> {
    return send(`${this.service.url}/api/${path}`, request);
  }
}
