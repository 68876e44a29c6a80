import { setTimeout as sleep } from 'node:timers/promises';
import { ensureCompiled } from '../support/compiled.js';
import { ServiceProcess } from '../support/compiled-service.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { send } from '../support/http-client.js';
import { ndjson } from '../support/lines.js';
import { RoundRobin } from '../support/round-robin.js';
import { TEST_JWT_SECRET, tokenOf } from '../support/tokens.js';
import { rounds } from './rounds.js';

const CLIENTS = 12;
const SECONDS_TO_END = 15;

describe('a rolling restart of two processes under load', () => {
  let database: TestDatabase;
  let balancer: RoundRobin;
  const running: ServiceProcess[] = [];

  const start = async (): Promise<ServiceProcess> => {
    const service = new ServiceProcess({
      DATABASE_URL: database.serviceUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      AUTH_JWT_SECRET: TEST_JWT_SECRET,
    });
    running.push(service);
    balancer.add(await service.url());
    return service;
  };

  beforeAll(async () => {
    await ensureCompiled();
    database = await createTestDatabase();
    balancer = new RoundRobin();
  }, 180_000);
  afterAll(async () => {
    await balancer?.end();
    await Promise.all(running.map((service) => service.kill()));
    await database?.drop();
  });

  it('fails no request, and each process ends in time', async () => {
    let services = await Promise.all([start(), start()]);
    await balancer.untilReady(2);
    await settle(await services[0].url());
    const loads = Array.from({ length: CLIENTS }, (_, client) => balancer.load(requestsOf(client)));
    const ends: number[] = [];
    for (let round = 0; round < rounds(1, 4); round += 1) {
      const next: ServiceProcess[] = [];
      for (const service of services) {
        await sleep(500);
        const url = await service.url();
        const began = performance.now();
        expect(await service.signal('SIGTERM')).toBe(0);
        ends.push((performance.now() - began) / 1_000);
        await balancer.remove(url);
        next.push(await start());
        await balancer.untilReady(2);
      }
      services = next as [ServiceProcess, ServiceProcess];
    }
    await balancer.end();
    await Promise.all(loads);
    expect(balancer.failures).toEqual([]);
    expect(balancer.answered).toBeGreaterThan(CLIENTS * 10);
    expect(Math.max(...ends)).toBeLessThan(SECONDS_TO_END);
  }, 280_000);
});

/** Alternates between reads and charges. */
function requestsOf(
  client: number,
): () => Parameters<RoundRobin['load']>[0] extends () => infer R ? R : never {
  const headers = {
    authorization: `Bearer ${tokenOf('customer', ['user'])}`,
    'content-type': 'application/json',
  };
  let turn = client;
  return () => {
    turn += 1;
    if (turn % 3 === 0) {
      return { method: 'POST', path: '/api/deployments', headers, body: '{"moduleId":"maps"}' };
    }
    return { method: 'GET', path: turn % 3 === 1 ? '/api/modules' : '/api/credits/balance', headers };
  };
}

async function settle(url: string): Promise<void> {
  const { status, text } = await send(`${url}/api/imports`, {
    method: 'POST',
    token: tokenOf('backend', ['platform']),
    headers: { 'content-type': 'application/x-ndjson' },
    body: ndjson([
      { type: 'user', id: 'maker', roles: ['partner'] },
      { type: 'user', id: 'customer', roles: ['user'] },
      { type: 'module', id: 'maps', name: 'Maps', partnerId: 'maker', creditCost: '1' },
      {
        type: 'award',
        externalId: 'a1',
        userId: 'customer',
        credits: '1000000',
        occurredAt: '2026-01-01T00:00:00Z',
      },
    ]),
  });
  expect([status, text]).toEqual([200, expect.stringContaining('"refused":0')]);
}
