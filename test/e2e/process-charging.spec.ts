import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '../support/command.js';
import { DataFolder, ServiceProcess } from '../support/compiled-service.js';
import { ensureCompiled } from '../support/compiled.js';
import { send, type Answer } from '../support/http-client.js';
import { ndjson } from '../support/lines.js';
import { prepare } from '../support/prepared-folder.js';
import { forgeToken, secondsFromNow } from '../support/tokens.js';

const CHARGES = 200;
const BALANCE = 50;

describe('charging through two processes', () => {
  let folder: DataFolder;
  let services: ServiceProcess[] = [];

  beforeAll(async () => {
    await ensureCompiled();
    folder = new DataFolder();
    await prepare(folder);
    services = [new ServiceProcess({ DATA_DIR: folder.path }), new ServiceProcess({ DATA_DIR: folder.path })];
  }, 150_000);
  afterAll(async () => {
    await Promise.all(services.map((service) => service.kill()));
    folder.remove();
  });

  it(`makes exactly ${BALANCE} of ${CHARGES} charges of 1 on a balance of ${BALANCE}, and each once under its key`, async () => {
    const urls = await Promise.all(services.map((service) => service.url()));
    const platform = tokenFor(folder, 'backend', 'platform');
    const imported = await send(`${urls[0]}/api/imports`, {
      method: 'POST',
      token: platform,
      headers: { 'content-type': 'application/x-ndjson' },
      body: ndjson([
        { type: 'user', id: 'maker', roles: ['partner'] },
        { type: 'module', id: 'one', name: 'One', partnerId: 'maker', creditCost: '1' },
        { type: 'user', id: 'u1', roles: ['user'] },
        { type: 'award', externalId: 'a1', userId: 'u1', credits: '20', occurredAt: '2026-01-01T00:00:00Z' },
        {
          type: 'purchase',
          externalId: 'p1',
          userId: 'u1',
          credits: '30',
          amount: '3',
          occurredAt: '2026-01-01T00:00:00Z',
        },
      ]),
    });
    expect(imported.json()).toMatchObject({ lines: 5, added: 5, refused: 0 });

    const token = tokenFor(folder, 'u1', 'user');
    const keys = Array.from({ length: CHARGES }, () => randomUUID());
    const chargeAll = (first: number): Promise<Answer[]> =>
      Promise.all(
        keys.map((key, n) =>
          send(`${urls[(first + n) % urls.length]}/api/deployments`, {
            method: 'POST',
            token,
            headers: { 'idempotency-key': key },
            body: { moduleId: 'one' },
          }),
        ),
      );
    const answers = await chargeAll(0);
    expect(statusesOf(answers)).toEqual([
      ...Array<number>(BALANCE).fill(201),
      ...Array<number>(CHARGES - BALANCE).fill(402),
    ]);
    // The same again, each through the other process: a charge is replayed, a refusal is refused again.
    const again = await chargeAll(1);
    expect(again.map(({ status }) => status)).toEqual(answers.map(({ status }) => status));
    const made = (all: Answer[]): string[] =>
      all.filter(({ status }) => status === 201).map(({ text }) => text);
    expect(made(again)).toEqual(made(answers));

    const verify = new Command({ DATA_DIR: folder.path }, ['verify']);
    expect(await verify.ended()).toBe(0);
    expect(verify.stdout).toContain(`${BALANCE} of them deployments`);
  }, 120_000);
});

function statusesOf(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).sort((left, right) => left - right);
}

/** Signed with the secret that the processes share. */
function tokenFor({ path }: DataFolder, sub: string, role: string): string {
  const secret = readFileSync(join(path, 'jwt-secret'), 'utf8').trim();
  return forgeToken({ payload: { sub, roles: [role], exp: secondsFromNow(3600) }, secret });
}
