import { DataSource } from 'typeorm';
import type { RecordedDeploymentDto } from '../../src/credits/http/dto/deployment.dto.js';
import { chargeTogether } from '../support/charges-together.js';
import { EntryWriter, WRITERS } from '../support/entry-writer.js';
import { problemIn, refusal, refusedFields, send, type Answer } from '../support/http-client.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('POST /api/deployments with an expected cost', () => {
  let service: TestService;
  let client: EntryWriter;
  let modules = 0;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
  });
  afterAll(() => service.close());

  const moduleOf = async (creditCost: string): Promise<string> => {
    const id = `priced-${(modules += 1)}`;
    const module = { type: 'module', id, name: id, partnerId: 'maker', creditCost };
    await importRecords(service.app, [module]);
    return id;
  };
  const reprice = async (moduleId: string, creditCost: string): Promise<void> => {
    const path = `modules/${moduleId}`;
    const token = tokenOf('maker', ['partner']);
    const answer = await client.send(path, { method: 'PATCH', token, body: { creditCost } });
    expect(answer.status).toBe(200);
  };
  const deployments = async (userId: string): Promise<number> => {
    const [row] = await service.app
      .get(DataSource)
      .query<{ n: number }[]>(
        `SELECT count(*)::int AS n FROM credit_entries WHERE user_id = $1 AND type = 'deployment'`,
        [userId],
      );
    return row?.n ?? -1;
  };
  const priceChanged = (answer: Answer, creditCost: string): void => {
    expect(refusal(answer, 409).code).toBe('MODULES.PRICE_CHANGED');
    expect(problemIn(answer)).toMatchObject({ expectedCost: '1', creditCost });
  };

  it.each([
    ['a user for itself', (userId: string) => ({ token: tokenOf(userId, ['user']), body: {} })],
    ['a partner for itself', (userId: string) => ({ token: tokenOf(userId, ['partner']), body: {} })],
    ['a back end', (userId: string) => ({ token: WRITERS.platform, body: { userId } })],
    ['an administrator', (userId: string) => ({ token: WRITERS.admin, body: { userId } })],
    [
      'finance, of a fact',
      (userId: string) => ({
        token: WRITERS.finance,
        body: { userId, createdAt: '2026-02-01T00:00:00Z' },
      }),
    ],
  ])('charges nothing to %s if the cost has changed', async (_who, asked) => {
    const userId = await client.userWith({ purchased: '6000' });
    const { token, body } = asked(userId);
    const moduleId = await moduleOf('1');
    await reprice(moduleId, '5000');

    const order = { ...body, moduleId, expectedCost: '1' };
    priceChanged(await client.post('deployments', order, token), '5000');
    expect(await deployments(userId)).toBe(0);

    const agreed = await client.post('deployments', { ...order, expectedCost: '5000.00' }, token);
    expect([agreed.status, agreed.json<RecordedDeploymentDto>().creditCost]).toEqual([201, '5000']);
    const unasked = await client.post('deployments', { ...body, moduleId: 'core' }, token);
    expect(unasked.status).toBe(201);
  });

  it('compares with the cost in the catalogue, which the module’s own partner does not pay', async () => {
    const moduleId = await moduleOf('7');
    const own = tokenOf('maker', ['partner']);
    const answer = await client.post('deployments', { moduleId, expectedCost: '7' }, own);
    expect([answer.status, answer.json<RecordedDeploymentDto>().creditCost]).toEqual([201, '0']);
  });

  it('accepts a cost that the platform states, such as a lower one', async () => {
    const userId = await client.userWith({ purchased: '10' });
    const moduleId = await moduleOf('1');
    const order = { userId, moduleId, expectedCost: '1', creditCost: '0.5' };
    const lowered = await client.post('deployments', order);
    expect([lowered.status, lowered.json<RecordedDeploymentDto>().creditCost]).toEqual([201, '0.5']);
    await reprice(moduleId, '2');
    priceChanged(await client.post('deployments', order), '2');
  });

  it('reports the cost before missing credits', async () => {
    const userId = await client.userWith({ purchased: '1' });
    const moduleId = await moduleOf('5000');
    priceChanged(await client.post('deployments', { userId, moduleId, expectedCost: '1' }), '5000');
    const agreed = await client.post('deployments', { userId, moduleId, expectedCost: '5000' });
    expect(refusal(agreed, 402).code).toBe('CREDITS.INSUFFICIENT');
  });

  it('returns a recorded deployment unchanged, whatever the module costs now', async () => {
    const userId = await client.userWith({ purchased: '10' });
    const moduleId = await moduleOf('1');
    const order = { id: `agreed-${userId}`, userId, moduleId, expectedCost: '1' };
    expect((await client.post('deployments', order)).status).toBe(201);
    await reprice(moduleId, '2');
    const again = await client.post('deployments', order);
    expect([again.status, again.json<RecordedDeploymentDto>().creditCost]).toEqual([200, '1']);
    expect(await deployments(userId)).toBe(1);
  });

  it('stores no refusal under an Idempotency-Key, and replays a charge', async () => {
    const userId = await client.userWith({ purchased: '10' });
    const moduleId = await moduleOf('2');
    const headers = { 'idempotency-key': `agreed-${userId}` };
    const charge = (expectedCost: string): Promise<Answer> => {
      const body = { userId, moduleId, expectedCost };
      return client.send('deployments', { method: 'POST', token: WRITERS.platform, headers, body });
    };
    priceChanged(await charge('1'), '2');
    expect((await charge('2')).status).toBe(201);
    await reprice(moduleId, '3');
    const replay = await charge('2');
    expect([replay.status, replay.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    expect(await deployments(userId)).toBe(1);
  });

  it.each([
    [{ expectedCost: 1 }, 'expectedCost'],
    [{ expectedCost: '-1' }, 'expectedCost'],
    [{ expectedCost: '0.0000001' }, 'expectedCost'],
  ])('refuses %j, and names the field', async (bad, field) => {
    const userId = await client.userWith({ purchased: '10' });
    expect(refusedFields(await client.post('deployments', { userId, moduleId: 'maps', ...bad }))).toEqual([
      field,
    ]);
    expect(await deployments(userId)).toBe(0);
  });

  it('refuses one charge of a group, and makes the others', async () => {
    const [ann, bob] = [
      await client.userWith({ purchased: '10' }),
      await client.userWith({ purchased: '10' }),
    ];
    const moduleId = await moduleOf('2');
    const answers = await chargeTogether(service, [
      { userId: ann, moduleId, expectedCost: '2' },
      { userId: bob, moduleId, expectedCost: '1' },
      { userId: ann, moduleId, expectedCost: '1' },
      { userId: bob, moduleId, expectedCost: '2' },
    ]);
    expect(answers.map(({ status, code, body }) => [status, code, body.creditCost])).toEqual([
      [201, undefined, '2'],
      [409, 'MODULES.PRICE_CHANGED', '2'],
      [409, 'MODULES.PRICE_CHANGED', '2'],
      [201, undefined, '2'],
    ]);
    expect([await deployments(ann), await deployments(bob)]).toEqual([1, 1]);
  });

  it('never charges another cost than the expected one, however the cost changes meanwhile', async () => {
    const users = await Promise.all(Array.from({ length: 4 }, () => client.userWith({ purchased: '9000' })));
    const moduleId = await moduleOf('1');
    let isOver = false;
    const changing = (async () => {
      for (let n = 0; !isOver; n += 1) await reprice(moduleId, n % 2 === 0 ? '50' : '1');
    })();
    const answers: Answer[] = [];
    for (let round = 0; round < 15; round += 1) {
      const body = { moduleId, expectedCost: '1' };
      const charges = users.map((userId) =>
        send(`${service.url}/api/deployments`, { method: 'POST', token: tokenOf(userId, ['user']), body }),
      );
      answers.push(...(await Promise.all(charges)));
    }
    isOver = true;
    await changing;

    const refused = answers.filter(({ status }) => status === 409);
    for (const answer of refused) priceChanged(answer, '50');
    const charged = answers.filter(({ status }) => status === 201);
    expect(charged.length + refused.length).toBe(60);
    expect(charged.length).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(charged.map((answer) => answer.json<RecordedDeploymentDto>().creditCost))).toEqual(
      new Set(['1']),
    );
    const entries = await Promise.all(users.map(deployments));
    expect(entries.reduce((sum, n) => sum + n, 0)).toBe(charged.length);
  }, 60_000);
});
