import { send } from './http-client.js';
import { importRecords, type TestRecord } from './lines.js';
import { revenuePlatform } from './revenue-platform.js';
import type { TestService } from './service.js';
import { tokenOf } from './tokens.js';

const ADMIN = tokenOf('root', ['admin']);

/** What `revenuePlatform` lacks: every type of entry, free texts, debts. */
const MORE: TestRecord[] = [
  { type: 'user', id: 'gone', email: 'gone@customers.example', name: 'Gone', roles: ['user'] },
  entry('purchase', 'gone-1', '2026-01-05T00:00:00Z', { userId: 'gone', credits: '30', amount: '4.5' }),
  entry('spend', 'gone-2', '2026-01-06T00:00:00Z', { userId: 'gone', credits: '3', category: 'project' }),
  entry('purchaseRefund', 'gone-3', '2026-01-07T00:00:00Z', {
    purchaseExternalId: 'gone-1',
    credits: '2',
    reason: 'mistake',
  }),
  {
    type: 'deployment',
    id: 'gone-4',
    userId: 'gone',
    moduleId: 'a-maps',
    createdAt: '2026-01-08T00:00:00.000001Z',
  },
  entry('refund', 'gone-5', '2026-01-09T00:00:00Z', {
    deploymentId: 'gone-4',
    credits: '1',
    reason: 'it "broke"\nÖ',
  }),
  entry('spend', 'owing-1', '2026-04-02T00:00:00Z', { userId: 'idle', credits: '9', category: 'build' }),
];

function entry(type: string, externalId: string, occurredAt: string, rest: object): TestRecord {
  return { type, externalId, occurredAt, ...rest };
}

/** Fills a service with something in every table that a release has. */
export async function recordReleaseHistory(service: TestService): Promise<void> {
  const report = await importRecords(service.app, [...revenuePlatform(), ...MORE]);
  if (report.refused > 0) throw new Error(JSON.stringify(report.refusals));
  const write = async (method: string, path: string, body: object, headers = {}): Promise<void> => {
    const { status, text } = await send(`${service.url}/api/${path}`, {
      method,
      token: ADMIN,
      body,
      headers,
    });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  };
  await write('PUT', 'variables/partnerRevenueShare', { value: '35.5' });
  await write(
    'POST',
    'credits/awards',
    { userId: 'ann', credits: '2', reason: 'thanks' },
    { 'idempotency-key': 'k' },
  );
  await write('POST', 'credits/awards/batches', {
    externalId: 'spring',
    userIds: ['ann', 'bob'],
    credits: '1',
  });
  await write('POST', 'users/gone/anonymise', {});
}
