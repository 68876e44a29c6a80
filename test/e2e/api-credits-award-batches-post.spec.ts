import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule } from '../../src/app.module.js';
import { AwardBatchChunk } from '../../src/credits/batches/award-batch-chunk.js';
import type { AwardBatchDto } from '../../src/credits/http/dto/award-batch.dto.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { refusal, refusedFields, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const BATCHES = 'credits/awards/batches';
const DAY = '2026-02-01T00:00:00Z';

interface RecordedAward {
  readonly id: string;
  readonly user_id: string;
  readonly occurred_at: string;
}

describe('POST /api/credits/awards/batches', () => {
  let service: TestService;
  let client: EntryWriter;
  let batches = 0;
  let externalId: string;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
  });
  afterAll(async () => {
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    await service.close();
    expect(isClean(verification)).toBe(true);
  });
  beforeEach(() => {
    externalId = `batch-${(batches += 1)}`;
  });

  const post = (body: object, token?: string): Promise<Answer> =>
    client.post(BATCHES, { externalId, credits: '5', ...body }, token);
  const finished = async (id = externalId, on = client): Promise<AwardBatchDto> => {
    for (let tries = 0; tries < 500; tries += 1) {
      const batch = (await on.get(`${BATCHES}/${encodeURIComponent(id)}`)).json<AwardBatchDto>();
      if (batch.finishedAt !== null) return batch;
      await sleep(20);
    }
    throw new Error(`Batch ${id} does not end.`);
  };
  const awardsOf = (id: string, of = service): Promise<RecordedAward[]> =>
    of.app.get(DataSource).query(
      `SELECT id, user_id, occurred_at FROM credit_entries
         WHERE type = 'award' AND starts_with(id, $1 || ':') ORDER BY user_id`,
      [id],
    );
  const people = async (prefix: string, count: number, of = service): Promise<string[]> => {
    const ids = Array.from({ length: count }, (_, n) => `${prefix}${n}`);
    await importRecords(
      of.app,
      ids.map((id) => ({ type: 'user', id, roles: ['user'] })),
    );
    return ids;
  };

  it('is accepted with a Location, and grants each user the award with its id', async () => {
    const userIds = ['b10', 'B9', 'b9'];
    for (const id of userIds) await importRecords(service.app, [{ type: 'user', id, roles: ['user'] }]);
    const answer = await post({ userIds, expiresAt: '2036-01-01T00:00:00Z', reason: 'spring' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/${BATCHES}/${externalId}`);
    const accepted = answer.json<AwardBatchDto>();
    expect(accepted).toMatchObject({
      externalId,
      statusAddress: `/api/${BATCHES}/${externalId}`,
      credits: '5',
      expiresAt: '2036-01-01T00:00:00Z',
      finishedAt: null,
      total: 3,
      done: 0,
      refused: 0,
      refusals: [],
    });
    expect(await finished()).toEqual({
      ...accepted,
      done: 3,
      finishedAt: expect.stringMatching(/Z$/) as string,
    });
    const awards = await awardsOf(externalId);
    expect(awards.map(({ id, user_id }) => [id, user_id])).toEqual([
      [`${externalId}:1`, 'B9'],
      [`${externalId}:2`, 'b10'],
      [`${externalId}:3`, 'b9'],
    ]);
    const texts: unknown[] = await service.app
      .get(DataSource)
      .query(`SELECT user_id, text FROM personal_texts WHERE source = 'award' ORDER BY 1`);
    expect(texts).toEqual(['B9', 'b10', 'b9'].map((id) => ({ user_id: id, text: 'spring' })));
    const [stored] = await service.app
      .get(DataSource)
      .query<{ reason: string | null }[]>('SELECT reason FROM award_batches WHERE id = $1', [externalId]);
    expect(stored?.reason).toBeNull();
  });

  it('refuses some users with reasons, and grants the others their awards', async () => {
    const [first, second] = await people('some', 2);
    const token = tokenOf('some1', ['finance']);
    expect((await post({ userIds: [first, second, 'zz-nobody'] }, token)).status).toBe(202);
    expect(await finished()).toMatchObject({
      total: 3,
      done: 1,
      refused: 2,
      refusals: [
        { userId: second, externalId: `${externalId}:2`, code: 'CREDITS.OWN_INTEREST' },
        {
          userId: 'zz-nobody',
          externalId: `${externalId}:3`,
          code: 'CREDITS.UNKNOWN_USER',
          reason: 'There is no user zz-nobody; record it first.',
        },
      ],
    });
  });

  it('grants all awards at the same instant: the time of acceptance, or the stated one', async () => {
    const userIds = await people('now', 120);
    const { occurredAt } = (await post({ userIds })).json<AwardBatchDto>();
    expect(Math.abs(Date.parse(occurredAt) - Date.now())).toBeLessThan(60_000);
    await finished();
    expect(new Set((await awardsOf(externalId)).map((award) => award.occurred_at)).size).toBe(1);
    expect(
      (
        await client.post(BATCHES, { externalId: `${externalId}-b`, userIds, credits: '1', occurredAt: DAY })
      ).json(),
    ).toMatchObject({
      occurredAt: DAY,
    });
    expect(await finished(`${externalId}-b`)).toMatchObject({ done: 120 });
  });

  it('is for all users who were recorded when it was accepted', async () => {
    const [users] = await service.app
      .get(DataSource)
      .query<{ count: string }[]>('SELECT count(*) FROM users');
    const accepted = (await post({ all: true })).json<AwardBatchDto>();
    await people('newcomer', 1);
    expect(accepted.total).toBe(Number(users?.count));
    expect(await finished()).toMatchObject({ total: accepted.total, done: accepted.total });
    expect((await awardsOf(externalId)).map(({ user_id }) => user_id)).not.toContain('newcomer0');
    expect((await post({ all: true })).json()).toMatchObject({ total: accepted.total });
  });

  it('returns the same answer to the same batch, and a conflict for other content', async () => {
    const userIds = await people('same', 3);
    const first = (await post({ userIds, occurredAt: DAY })).json<AwardBatchDto>();
    const done = await finished();
    for (const again of [
      { userIds, occurredAt: DAY },
      { userIds: userIds.toReversed(), credits: '5.0', reason: 'another' },
    ]) {
      const answer = await post(again);
      expect([answer.status, answer.json()]).toEqual([200, done]);
      expect(answer.headers.get('location')).toBe(first.statusAddress);
    }
    for (const other of [
      { userIds: userIds.slice(1) },
      { userIds: [...userIds.slice(1), 'nobody'] },
      { all: true },
      { userIds, credits: '6' },
      { userIds, occurredAt: '2026-02-02T00:00:00Z' },
      { userIds, expiresAt: '2036-01-01T00:00:00Z' },
    ]) {
      expect(refusal(await post(other), 409).code).toBe('BATCHES.CONFLICT');
    }
    expect(await awardsOf(externalId)).toHaveLength(3);
  });

  it('is one batch when it is sent many times at once', async () => {
    const userIds = await people('once', 5);
    const answers = await Promise.all(Array.from({ length: 6 }, () => post({ userIds })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 202]);
    expect(await finished()).toMatchObject({ done: 5 });
    expect(await awardsOf(externalId)).toHaveLength(5);
  });

  it('counts an award that was already recorded, and refuses one with other content', async () => {
    const [first = '', second = ''] = await people('known', 2);
    await client.post('credits/awards', {
      externalId: `${externalId}:1`,
      userId: first,
      credits: '5',
      occurredAt: DAY,
    });
    await client.post('credits/awards', { externalId: `${externalId}:2`, userId: second, credits: '4' });
    await post({ userIds: [first, second], occurredAt: DAY });
    expect(await finished()).toMatchObject({
      done: 1,
      refused: 1,
      refusals: [{ userId: second, code: 'CREDITS.CONFLICT' }],
    });
  });

  it('settles debts', async () => {
    const userId = await client.user({ type: 'deployment', id: 'in-debt', moduleId: 'maps', createdAt: DAY });
    await post({ userIds: [userId] });
    await finished();
    expect((await client.get('deployments/in-debt')).json()).toMatchObject({
      unpaidCredits: '0',
      freeCredits: '4',
    });
  });

  it('survives the end of its process: another process continues, and no user gets an award twice', async () => {
    const first = await startTestService({ database: service.database });
    const userIds = await people('many', 600);
    const began = new EntryWriter(first);
    await began.post(BATCHES, { externalId, userIds, credits: '5' });
    for (let done = 0; done === 0;) {
      await sleep(10);
      ({ done } = (await began.get(`${BATCHES}/${externalId}`)).json<AwardBatchDto>());
    }
    await first.close();
    const left = (await client.get(`${BATCHES}/${externalId}`)).json<AwardBatchDto>();
    expect(left.done).toBeGreaterThan(0);
    expect(left.done).toBeLessThan(600);
    const second = await startTestService({ database: service.database });
    expect(await finished(externalId, new EntryWriter(second))).toMatchObject({ done: 600, refused: 0 });
    await second.close();
    const awards = await awardsOf(externalId);
    expect(new Set(awards.map(({ user_id }) => user_id)).size).toBe(600);
    expect(awards).toHaveLength(600);
  }, 120_000);

  it('is left to the service by a command that runs at the same time', async () => {
    const recordNext = jest.spyOn(AwardBatchChunk.prototype, 'recordNext');
    const command = await NestFactory.createApplicationContext(
      AppModule.forRuntime({ config: service.config, database: service.database }),
      { logger: false, abortOnError: false },
    );
    await command.close();
    expect(recordNext.mock.contexts).not.toContain(command.get(AwardBatchChunk, { strict: false }));
  });

  it.each(['user', 'partner'] as const)('is not for %s', async (role) => {
    expect((await post({ userIds: ['b9'] }, tokenOf('b9', [role]))).status).toBe(403);
    expect((await client.get(`${BATCHES}/batch-1`, tokenOf('b9', [role]))).status).toBe(403);
  });

  it('is replayed for the same Idempotency-Key, including the Location', async () => {
    const userIds = await people('key', 2);
    const request = {
      method: 'POST',
      token: WRITERS.admin,
      headers: { 'idempotency-key': externalId },
      body: { externalId, credits: '5', userIds },
    };
    const first = await client.send(BATCHES, request);
    await finished();
    const again = await client.send(BATCHES, request);
    expect([again.status, again.text]).toEqual([202, first.text]);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
  });

  it.each([
    ['userIds', {}],
    ['userIds', { userIds: ['b9'], all: true }],
    ['userIds', { userIds: [] }],
    ['userIds', { userIds: ['b9', 'b9'] }],
    ['userIds', { userIds: ['a b'] }],
    ['userIds', { userIds: 'b9' }],
    ['userIds', { all: false }],
    ['all', { all: 'true' }],
    ['externalId', { userIds: ['b9'], externalId: 'x'.repeat(101) }],
    ['credits', { userIds: ['b9'], credits: '0' }],
    ['expiresAt', { userIds: ['b9'], expiresAt: DAY }],
  ])('refuses a bad %s: %j', async (field, fields) => {
    expect(refusedFields(await post(fields))).toEqual([field]);
  });

  it('refuses a time in the future, and an unknown batch', async () => {
    const occurredAt = new Date(Date.now() + 60_000).toISOString();
    expect(refusal(await post({ userIds: ['b9'], occurredAt }), 422).code).toBe('CREDITS.TIME_AHEAD');
    expect(refusal(await client.get(`${BATCHES}/${externalId}`), 404).code).toBe('BATCHES.NOT_FOUND');
  });

  it('accepts 10,000 users and no more', async () => {
    const userIds = Array.from({ length: 10_000 }, (_, n) => `${'x'.repeat(120)}${n}`);
    expect((await post({ userIds })).json()).toMatchObject({ total: 10_000 });
    expect(refusedFields(await post({ userIds: [...userIds, 'one-more'] }))).toEqual(['userIds']);
  });
});
