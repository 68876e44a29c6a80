import { refusedFields, send } from '../support/http-client.js';
import { importRecords, type TestRecord } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';
import { tokenOf } from '../support/tokens.js';

const AT = '2026-01-01T00:00:00Z';
/** A right-to-left override, an isolate, a zero-width space, a byte order mark and a soft hyphen. */
const INVISIBLE = ['\u202E', '\u2066', '\u200B', '\uFEFF', '\u00AD'];

const LINES: readonly TestRecord[] = [
  { type: 'user', id: 'u', roles: ['user'] },
  { type: 'module', id: 'm', name: 'M', partnerId: 'p', creditCost: '1' },
  { type: 'award', externalId: 'a', userId: 'u', credits: '1', occurredAt: AT },
  { type: 'purchase', externalId: 'b', userId: 'u', credits: '1', amount: '1', occurredAt: AT },
  { type: 'deployment', id: 'd', userId: 'u', moduleId: 'm', createdAt: AT },
  { type: 'spend', externalId: 's', userId: 'u', credits: '1', category: 'build', occurredAt: AT },
  { type: 'refund', externalId: 'r', deploymentId: 'd', occurredAt: AT },
  { type: 'purchaseRefund', externalId: 'q', purchaseExternalId: 'b', occurredAt: AT },
  { type: 'purchaseReversal', externalId: 'v', purchaseExternalId: 'b', occurredAt: AT },
  { type: 'reversalRelease', externalId: 'l', reversalExternalId: 'v', occurredAt: AT },
];
const ID_FIELDS =
  /^(?:id|partnerId|externalId|userId|moduleId|deploymentId|purchaseExternalId|reversalExternalId)$/;
const CASES = LINES.flatMap((line) =>
  Object.keys(line)
    .filter((field) => ID_FIELDS.test(field))
    .map((field) => ({ line, field, type: line.type })),
);

describe('invisible characters and bidi controls', () => {
  let service: TestService;
  const admin = tokenOf('root', ['admin']);

  beforeAll(async () => {
    service = await startTestService();
  });
  afterAll(() => service.close());

  it.each(CASES)('are refused in $field of $type', async ({ line, field }) => {
    const records = INVISIBLE.flatMap((character) => [
      { ...line, [field]: `${String(line[field])}${character}1` },
      { ...line, [field]: `${character}${String(line[field])}` },
    ]);
    const { refused, refusals } = await importRecords(service.app, records);
    expect(refused).toBe(records.length);
    for (const { code, reason } of refusals) {
      expect(code).toBe('IMPORT.BAD_FIELD');
      expect(reason).toContain(field);
    }
  });

  it.each(INVISIBLE)('are refused in e-mail addresses: %j', async (character) => {
    const email = `ada${character}@example.com`;
    const post = { method: 'POST', token: admin, body: { id: 'ada', email, roles: ['user'] } };
    expect(refusedFields(await send(`${service.url}/api/users`, post))).toEqual(['email']);
    const { refusals } = await importRecords(service.app, [
      { type: 'user', id: 'ada', email, roles: ['user'] },
    ]);
    expect(refusals).toHaveLength(1);
  });
});
