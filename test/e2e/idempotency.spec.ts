import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { tokenOf } from '../support/tokens.js';
import { WALKERS } from '../support/access-world.js';
import { refusal, refusedFields, send, sendRaw, type Answer } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';

describe('Idempotency-Key', () => {
  let first: TestService;
  let second: TestService;
  let owner: Client;
  let keys = 0;

  beforeAll(async () => {
    first = await startTestService();
    second = await startTestService({ database: first.database });
    owner = new Client({ connectionString: first.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await second.close();
    await first.close();
  });

  const freshKey = (): string => `key ${(keys += 1)}`;
  const post = (
    service: TestService,
    key: string,
    body: unknown,
    { path = '/api/modules', token = WALKERS.admin } = {},
  ): Promise<Answer> =>
    send(`${service.url}${path}`, { method: 'POST', token, headers: { 'idempotency-key': key }, body });
  const moduleOf = (id: string, more: object = {}): object => ({
    id,
    name: `Module ${id}`,
    partnerId: null,
    creditCost: '1.50',
    ...more,
  });
  const isReplay = (answer: Answer): boolean => answer.headers.get('idempotency-replayed') === 'true';
  const eventsOn = async (id: string): Promise<string[]> => {
    const { rows } = await owner.query<{ outcome: string }>(
      'SELECT outcome FROM audit_events WHERE target_id = $1 ORDER BY sequence',
      [id],
    );
    return rows.map(({ outcome }) => outcome);
  };

  it('replays the answer byte for byte, in any process, and does nothing', async () => {
    const key = freshKey();
    const original = await post(first, key, moduleOf('m-replayed'));
    expect([original.status, isReplay(original)]).toEqual([201, false]);

    for (const service of [first, second]) {
      const replay = await post(service, key, moduleOf('m-replayed'));
      expect([replay.status, isReplay(replay), replay.text]).toEqual([201, true, original.text]);
      expect(replay.headers.get('content-type')).toBe(original.headers.get('content-type'));
    }
    expect(await eventsOn('m-replayed')).toEqual(['done']);
  });

  it('replays the first answer, whatever has changed since', async () => {
    const key = freshKey();
    const original = await post(first, key, moduleOf('m-edited'));
    await send(`${first.url}/api/modules/m-edited`, {
      method: 'PATCH',
      token: WALKERS.admin,
      body: { name: 'New' },
    });
    expect((await post(second, key, moduleOf('m-edited'))).text).toBe(original.text);
  });

  it('is remembered after a restart', async () => {
    const key = freshKey();
    const third = await startTestService({ database: first.database });
    const original = await post(third, key, moduleOf('m-restarted'));
    await third.close();

    const replay = await post(second, key, moduleOf('m-restarted'));
    expect([replay.status, isReplay(replay), replay.text]).toEqual([201, true, original.text]);
  });

  it('treats bodies as equal whatever the order of their keys', async () => {
    const key = freshKey();
    await post(first, key, moduleOf('m-reordered'));
    const reordered = Object.fromEntries(Object.entries(moduleOf('m-reordered')).reverse());
    expect(isReplay(await post(first, key, reordered))).toBe(true);
  });

  it('refuses the key with another body or path', async () => {
    const key = freshKey();
    await post(first, key, moduleOf('m-bound'));

    expect(refusal(await post(second, key, moduleOf('m-bound', { creditCost: '2' })), 422).code).toBe(
      'IDEMPOTENCY.OTHER_REQUEST',
    );
    refusal(await post(first, key, { id: 'm-bound', roles: ['user'] }, { path: '/api/users' }), 422);
    expect(await eventsOn('m-bound')).toEqual(['done']);
  });

  it('belongs to its caller alone', async () => {
    const key = freshKey();
    const body = { id: 'u-two-callers', roles: ['user'] };
    const ofAdmin = await post(first, key, body, { path: '/api/users' });
    const ofPlatform = await post(first, key, body, { path: '/api/users', token: WALKERS.platform });
    expect([ofAdmin.status, ofPlatform.status, isReplay(ofPlatform)]).toEqual([201, 200, false]);
  });

  it('replays nothing for a token with other rights', async () => {
    const key = freshKey();
    const body = moduleOf('m-rights', { partnerId: 'surya' });
    const asAdmin = await post(first, key, moduleOf('m-rights'), { token: tokenOf('both', ['admin']) });
    expect(asAdmin.status).toBe(201);
    refusal(await post(first, key, body, { token: tokenOf('both', ['partner']) }), 422);
    refusal(await post(first, key, moduleOf('m-rights'), { token: tokenOf('both', ['partner']) }), 422);
  });

  it('checks the token before it replays', async () => {
    const key = freshKey();
    await post(first, key, moduleOf('m-judged'));
    refusal(await post(first, key, moduleOf('m-judged'), { token: WALKERS.user }), 403);
  });

  it('stores no refusal, so the request can be sent again', async () => {
    const key = freshKey();
    const body = moduleOf('m-mended', { partnerId: 'late-partner' });
    refusal(await post(first, key, body), 422);

    await post(first, freshKey(), { id: 'late-partner', roles: ['partner'] }, { path: '/api/users' });
    expect((await post(second, key, body)).status).toBe(201);
    expect(await eventsOn('m-mended')).toEqual(['done']);
  });

  it('answers 409 at once to a duplicate of a running request, in any process', async () => {
    const key = freshKey();
    const body = moduleOf('m-held');
    await owner.query('BEGIN');
    await owner.query(
      `INSERT INTO modules (id, name, partner_id, credit_cost) VALUES ('m-held', 'Held', NULL, 1)`,
    );
    const held = post(first, key, body); // Waits for the owner's row.
    await isWaiting(owner);

    for (const service of [first, second]) {
      const twin = await post(service, key, body);
      expect(refusal(twin, 409).code).toBe('IDEMPOTENCY.IN_FLIGHT');
      expect(twin.headers.get('retry-after')).toBe('1');
    }
    await owner.query('ROLLBACK');
    expect((await held).status).toBe(201);
    expect(isReplay(await post(second, key, body))).toBe(true);
  });

  it('is free again when its process has ended', async () => {
    const key = freshKey();
    const body = moduleOf('m-killed');
    await owner.query('BEGIN');
    await owner.query(
      `INSERT INTO modules (id, name, partner_id, credit_cost) VALUES ('m-killed', 'Held', NULL, 1)`,
    );
    const held = post(first, key, body);
    const pid = await isWaiting(owner);
    await second.app.get(DataSource).query('SELECT pg_terminate_backend($1)', [pid]);
    refusal(await held, 503);
    await owner.query('ROLLBACK');

    const again = await post(second, key, body);
    expect([again.status, isReplay(again)]).toEqual([201, false]);
  });

  it('does the work once, however many duplicates come at once', async () => {
    const key = freshKey();
    const twins = await Promise.all(
      Array.from({ length: 30 }, (_, index) => post(index % 2 ? first : second, key, moduleOf('m-twins'))),
    );
    const done = twins.filter(({ status }) => status === 201);
    expect(new Set(done.map(({ text }) => text)).size).toBe(1);
    expect(done.filter((answer) => !isReplay(answer))).toHaveLength(1);
    expect(new Set(twins.map(({ status }) => status))).toEqual(
      new Set([201, 409].slice(0, done.length === 30 ? 1 : 2)),
    );
    expect(await eventsOn('m-twins')).toEqual(['done']);
  });

  it('is forgotten after 24 hours by the clock of the database', async () => {
    const key = freshKey();
    const age = (interval: string): Promise<unknown> =>
      owner.query('UPDATE idempotency_records SET created_at = now() - $2::interval WHERE key = $1', [
        key,
        interval,
      ]);
    await post(first, key, moduleOf('m-aged'));

    await age('23 hours 59 minutes');
    expect(isReplay(await post(first, key, moduleOf('m-aged')))).toBe(true);
    await age('24 hours');
    const late = await post(first, key, moduleOf('m-aged'));
    expect([late.status, isReplay(late)]).toEqual([200, false]); // Executed again, and the entry is known by its own id.
    await age('25 hours');
    expect((await post(second, key, moduleOf('m-aged-2'))).status).toBe(201); // Even for another request.
  });

  it('stores no password', async () => {
    const password = 'a password that is kept nowhere';
    await post(
      first,
      freshKey(),
      { id: 'u-secret', roles: ['user'], email: 's@example.com', password },
      { path: '/api/users' },
    );
    const { rows } = await owner.query('SELECT * FROM idempotency_records WHERE body LIKE $1', [
      `%${password}%`,
    ]);
    expect(rows).toEqual([]);
  });

  it.each([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['not ASCII', 'clé'],
  ])('refuses a key that is %s', async (_what, key) => {
    expect(refusedFields(await post(first, key, moduleOf('m-bad-key')))).toEqual(['header.Idempotency-Key']);
  });

  it('takes the longest key', async () => {
    expect((await post(first, 'k'.repeat(255), moduleOf('m-long-key'))).status).toBe(201);
  });

  it('refuses a key that is given twice', async () => {
    const body = JSON.stringify(moduleOf('m-two-keys'));
    const { status } = await sendRaw(
      first.url,
      [
        'POST /api/modules HTTP/1.1',
        `Authorization: Bearer ${WALKERS.admin}`,
        'Content-Type: application/json',
        `Content-Length: ${body.length}`,
        'Idempotency-Key: a',
        'Idempotency-Key: b',
      ],
      body,
    );
    expect(status).toBe(400);
  });

  it('has no effect on imports, which detect known lines by their ids', async () => {
    const key = freshKey();
    const run = (): Promise<Answer> =>
      send(`${first.url}/api/imports`, {
        method: 'POST',
        token: WALKERS.admin,
        headers: { 'content-type': 'application/x-ndjson', 'idempotency-key': key },
        body: '{"type":"user","id":"u-imported","roles":["user"]}',
      });
    expect((await run()).json()).toMatchObject({ added: 1 });
    expect((await run()).json()).toMatchObject({ known: 1 });
  });
});

/**
 * Waits until a statement of the service waits for the owner; returns the backend process id of the waiting statement.
 */
async function isWaiting(owner: Client): Promise<number> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const { rows } = await owner.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity
       WHERE datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))`,
    );
    if (rows[0]) return rows[0].pid;
    await sleep(10);
  }
  throw new Error('Nothing waits for the owner.');
}
