import { DataSource } from 'typeorm';
import { refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import type { ShareStep } from '../support/revenue-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

interface Variable {
  readonly value: string;
  readonly timeline: readonly ShareStep[];
}

const ADMIN = tokenOf('root', ['admin']);

describe('the steps of partnerRevenueShare', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());
  beforeEach(async () => {
    await zone('UTC');
    expect((await put({ value: '30' })).status).toBe(200);
  });

  const at = (path: string): string => `${service.url}/api/variables/${path}`;
  const put = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
    send(at('partnerRevenueShare'), { method: 'PUT', token: ADMIN, body, headers });
  const takeBack = (day: string, headers: Record<string, string> = {}): Promise<Answer> =>
    send(at(`partnerRevenueShare/steps/${day}`), { method: 'DELETE', token: ADMIN, headers });
  const get = (): Promise<Answer> => send(at('partnerRevenueShare'), { token: ADMIN });
  const zone = (value: string): Promise<Answer> =>
    send(at('timeZone'), { method: 'PUT', token: ADMIN, body: { value } });
  const etag = async (): Promise<string> => (await get()).headers.get('etag') as string;
  /** The steps as `from value`. */
  const steps = async (): Promise<string[]> =>
    (await get()).json<Variable>().timeline.map(({ from, value }) => `${from ?? '*'} ${value}`);
  const history = async (): Promise<Record<string, unknown>[]> =>
    (await send(at('partnerRevenueShare/history?limit=500'), { token: ADMIN })).json<{
      data: Record<string, unknown>[];
    }>().data;

  it('are one at first, and only this variable has some', async () => {
    expect((await get()).json()).toMatchObject({
      value: '30',
      timeline: [{ from: null, to: null, value: '30' }],
    });
    expect((await send(at('timeZone'), { token: ADMIN })).json()).not.toHaveProperty('timeline');
  });

  it('begin with a day of the time zone, and leave what is scheduled later', async () => {
    await zone('America/New_York');
    await put({ value: '25', effectiveFrom: '2026-03-09' });
    const answer = await put({ value: '20.5', effectiveFrom: '2026-03-08' });
    expect(answer.json<Variable>().timeline).toEqual([
      { from: null, to: '2026-03-08T05:00:00Z', value: '30' },
      { from: '2026-03-08T05:00:00Z', to: '2026-03-09T04:00:00Z', value: '20.5' },
      { from: '2026-03-09T04:00:00Z', to: null, value: '25' },
    ]);
    expect(answer.text).toBe((await get()).text);
    expect(answer.headers.get('etag')).toBe(await etag());
  });

  it('stay at their instants when the time zone changes', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await zone('Asia/Tokyo');
    expect(await steps()).toEqual(['* 30', '2026-03-01T00:00:00Z 25']);
    await put({ value: '20', effectiveFrom: '2026-03-01' });
    expect(await steps()).toEqual(['* 30', '2026-02-28T15:00:00Z 20', '2026-03-01T00:00:00Z 25']);
    // Both begin on 1 March in Tokyo.
    expect((await takeBack('2026-03-01')).status).toBe(200);
    expect(await steps()).toEqual(['* 30']);
  });

  it.each([
    // The clocks of Santiago go from 23:59 to 01:00, those of Apia skipped 30 December 2011.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z', '2026-09-06'],
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z', '2011-12-31'],
    // Midnight of 5 November 2006 came twice.
    ['America/Havana', '2006-10-29', '2006-10-29T04:00:00Z', '2006-10-29'],
  ])('begin with the first instant of a day: %s, %s', async (name, day, instant, dayOfStep) => {
    await zone(name);
    expect((await put({ value: '25', effectiveFrom: day })).status).toBe(200);
    expect(await steps()).toEqual(['* 30', `${instant} 25`]);
    expect((await takeBack(dayOfStep)).status).toBe(200);
    expect(await steps()).toEqual(['* 30']);
  });

  it('are replaced by the same day again, and merged with an equal neighbour', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await put({ value: '20', effectiveFrom: '2026-03-01' });
    expect(await steps()).toEqual(['* 30', '2026-03-01T00:00:00Z 20']);
    await put({ value: '20', effectiveFrom: '2026-02-01' });
    expect(await steps()).toEqual(['* 30', '2026-02-01T00:00:00Z 20']);
    await put({ value: '30', effectiveFrom: '2026-02-01' });
    expect(await steps()).toEqual(['* 30']);
  });

  it('are all replaced by a value without a day', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await put({ value: '20', effectiveFrom: '2100-01-01' });
    expect((await get()).json<Variable>().value).toBe('25');
    expect((await put({ value: '25' })).json()).toMatchObject({
      value: '25',
      timeline: [{ from: null, to: null, value: '25' }],
    });
  });

  it('change nothing where the timeline stays the same', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    const [before, changes] = [await get(), (await history()).length];
    for (const effectiveFrom of ['2026-03-01', '2026-03-02', '2100-01-01']) {
      expect((await put({ value: '25.0', effectiveFrom })).text).toBe(before.text);
    }
    await put({ value: '30', effectiveFrom: '2026-02-01' });
    expect(await etag()).toBe(before.headers.get('etag'));
    expect(await history()).toHaveLength(changes);
  });

  it('come into force by themselves, with another ETag', async () => {
    await put({ value: '25', effectiveFrom: '2100-01-01' });
    const before = await get();
    expect(before.json()).toMatchObject({ value: '30' });
    // The step is moved, as if the time had come: a test cannot wait for a day.
    await service.app.get(DataSource).query(
      `UPDATE variables SET timeline = jsonb_set(timeline, '{1,from}', to_jsonb('2026-01-01T00:00:00Z'::text))
          WHERE key = 'partnerRevenueShare'`,
    );
    expect((await get()).json()).toMatchObject({ value: '25' });
    const stale = await put({ value: '20' }, { 'if-match': before.headers.get('etag') as string });
    expect(refusal(stale, 412).code).toBe('VARIABLES.CHANGED_MEANWHILE');
  });

  it('are in the history and the audit, with their days', async () => {
    await zone('Europe/Berlin');
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await takeBack('2026-03-01');
    await put({ value: '20' });
    const who = { who: 'root' };
    const day = { effectiveFrom: '2026-03-01', effectiveAt: '2026-02-28T23:00:00Z' };
    expect((await history()).slice(0, 3)).toMatchObject([
      { ...who, from: '30', to: '20', effectiveFrom: null, effectiveAt: null },
      { ...who, from: '25', to: '30', ...day, timeline: [{ from: null, to: null, value: '30' }] },
      { ...who, from: '30', to: '25', ...day, timeline: [{ value: '30' }, { value: '25' }] },
    ]);
    const audit = await send(`${service.url}/api/audit?limit=3`, { token: ADMIN });
    expect(audit.json<{ data: object[] }>().data).toMatchObject([
      { action: 'variables.set', details: { from: '30', to: '20' } },
      {
        action: 'variables.takeBackStep',
        target: 'partnerRevenueShare',
        details: { from: '25', to: '30', effectiveFrom: '2026-03-01' },
      },
      { action: 'variables.set', details: { from: '30', to: '25', effectiveFrom: '2026-03-01' } },
    ]);
  });

  it('are taken back by their day only', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await put({ value: '20', effectiveFrom: '2026-06-01' });
    for (const day of ['2026-02-28', '2026-03-02', '0001-01-01', '9999-12-31']) {
      expect(refusal(await takeBack(day), 404).code).toBe('VARIABLES.STEP_NOT_FOUND');
    }
    expect((await takeBack('2026-03-01')).json()).toMatchObject({
      timeline: [{ value: '30' }, { from: '2026-06-01T00:00:00Z', value: '20' }],
    });
  });

  it('let one of several admins through', async () => {
    const seen = await etag();
    const days = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'];
    const answers = await Promise.all(
      days.map((effectiveFrom) => put({ value: '25', effectiveFrom }, { 'if-match': seen })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412, 412, 412]);
    expect(await steps()).toHaveLength(2);
    const again = await etag();
    const day = (await steps())[1]?.slice(0, 10) as string;
    const both = await Promise.all([takeBack(day, { 'if-match': again }), takeBack(day)]);
    expect(both.map(({ status }) => status).sort()[0]).toBe(200);
    expect(await steps()).toEqual(['* 30']);
  });

  it('take all changes at once without If-Match, one after the other', async () => {
    const days = Array.from({ length: 8 }, (_, index) => `2026-03-0${index + 1}`);
    const answers = await Promise.all(
      days.map((effectiveFrom, index) => put({ value: String(index), effectiveFrom })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await steps()).toEqual(['* 30', ...days.map((day, index) => `${day}T00:00:00Z ${index}`)]);
  });

  it('can begin in the first and the last year', async () => {
    await zone('Asia/Tokyo');
    await put({ value: '25', effectiveFrom: '0001-01-01' });
    await put({ value: '20', effectiveFrom: '9999-12-31' });
    expect(await steps()).toEqual(['* 30', '0001-01-01T00:00:00Z 25', '9999-12-30T15:00:00Z 20']);
  });

  it.each(['2026-02-30', '2026-3-1', '2026-03-01T00:00:00Z', '', 'today', 20_260_301, ['2026-03-01']])(
    'refuse the day %j',
    async (effectiveFrom) => {
      expect(refusedFields(await put({ value: '25', effectiveFrom }))).toEqual(['effectiveFrom']);
    },
  );

  it.each(['2026-02-30', '2026-03', 'today'])('refuse to take back the day %j', async (day) => {
    expect(refusedFields(await takeBack(day))).toEqual(['path.day']);
  });

  it('are of no other variable', async () => {
    const answer = await send(at('creditsPerUnit'), {
      method: 'PUT',
      token: ADMIN,
      body: { value: '12', effectiveFrom: '2026-03-01' },
    });
    expect(refusal(answer, 400).code).toBe('VARIABLES.INVALID_VALUE');
    expect(refusedFields(answer)).toEqual(['effectiveFrom']);
  });

  it('take null for an absent day', async () => {
    expect((await put({ value: '25', effectiveFrom: null })).json<Variable>().timeline).toHaveLength(1);
  });

  it('are replaced by a value that is set without a timeline, as an earlier version does', async () => {
    await put({ value: '25', effectiveFrom: '2026-03-01' });
    await service.app.get(DataSource).query(
      `UPDATE variables SET value = '22', version = version + 1, updated_at = clock_timestamp(), updated_by = 'old'
          WHERE key = 'partnerRevenueShare'`,
    );
    expect(await steps()).toEqual(['* 22']);
  });
});
