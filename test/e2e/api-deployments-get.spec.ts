import { DataSource } from 'typeorm';
import type { Role } from '../../src/auth/index.js';
import { EntryWriter } from '../support/entry-writer.js';
import { refusal } from '../support/http-client.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

describe('GET /api/deployments/{id}', () => {
  let service: TestService;
  let client: EntryWriter;
  let userId: string;

  beforeAll(async () => {
    service = await startTestService();
    client = new EntryWriter(service);
    await client.settle();
    userId = await client.user(
      { type: 'award', externalId: 'gift', credits: '1.5', occurredAt: '2026-01-01T00:00:00Z' },
      {
        type: 'purchase',
        externalId: 'buy',
        credits: '2',
        amount: '0.25',
        occurredAt: '2026-01-01T00:00:00Z',
      },
      { type: 'deployment', id: 'dep', moduleId: 'maps', createdAt: '2026-01-02T00:00:00.000120Z' },
    );
  });
  afterAll(() => service.close());

  const shown = {
    id: 'dep',
    moduleId: 'maps',
    creditCost: '4',
    createdAt: '2026-01-02T00:00:00.000120Z',
    freeCredits: '1.5',
    purchasedCredits: '2',
    unpaidCredits: '0.5',
    refundedCredits: '0',
    pieces: [
      { pool: 'free', lotId: 'gift', credits: '1.5', value: '0' },
      { pool: 'purchased', lotId: 'buy', credits: '2', value: '0.25' },
    ],
  };

  it.each(['finance', 'admin', 'platform'] as Role[])('shows %s what pays for it', async (role) => {
    const answer = await client.get('deployments/dep', tokenOf('x', [role]));
    expect([answer.status, answer.json()]).toEqual([200, { ...shown, userId }]);
  });

  it.each(['user', 'partner'] as Role[])('shows it to its own user with the role %s', async (role) => {
    const answer = await client.get('deployments/dep', tokenOf(userId, [role]));
    expect([answer.status, answer.json()]).toEqual([200, { ...shown, userId }]);
  });

  it('is not found for others, including its module’s partner, and their attempts are audited', async () => {
    const missing = refusal(await client.get('deployments/nothing', tokenOf('maker', ['partner'])), 404);
    for (const who of [tokenOf('maker', ['partner', 'user']), tokenOf('stranger', ['user'])]) {
      const problem = refusal(await client.get('deployments/dep', who), 404);
      expect(problem.code).toBe(missing.code);
      expect(problem.detail).toBe(missing.detail.replace('nothing', 'dep'));
    }
    const events: unknown[] = await service.app
      .get(DataSource)
      .query(
        `SELECT actor_id, target_id, outcome FROM audit_events WHERE outcome = 'refused' ORDER BY sequence`,
      );
    expect(events).toEqual([
      { actor_id: 'maker', target_id: 'nothing', outcome: 'refused' },
      { actor_id: 'maker', target_id: 'dep', outcome: 'refused' },
      { actor_id: 'stranger', target_id: 'dep', outcome: 'refused' },
    ]);
  });
});
