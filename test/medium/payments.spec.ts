import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CreditQueries } from '../../src/credits/queries/credit-queries.service.js';
import { StripeConverter, TieOut } from '../../src/payments/index.js';
import { isClean, RevenueService } from '../../src/revenue/index.js';
import { importBytes, linesAsStream } from '../support/complete-journey.js';
import { importRecords } from '../support/lines.js';
import { startTestService, type TestService } from '../support/service.js';

const EVENTS = join(__dirname, '../data/stripe/events.ndjson');
const OPTIONS = { purchases: 'sessions', userKey: 'userId', creditsKey: 'credits' } as const;
const COLUMNS = { id: 'id', date: 'date', amount: 'amount', fee: 'fee', currency: 'currency' };

describe('what a payment provider tells', () => {
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService();
    await importRecords(service.app, [
      { type: 'user', id: 'usr_42', roles: ['user'] },
      { type: 'user', id: 'usr_7', roles: ['user'] },
      { type: 'user', id: 'pia', roles: ['partner'] },
      { type: 'module', id: 'maps', name: 'Maps', partnerId: 'pia', creditCost: '40' },
    ]);
  });
  afterAll(async () => {
    const verification = await service.app.get(RevenueService, { strict: false }).verify();
    await service.close();
    expect(isClean(verification)).toBe(true);
  });

  const converted = (source: Readable): Promise<readonly object[]> =>
    service.app
      .get(StripeConverter, { strict: false })
      .convert(source, OPTIONS)
      .then(({ lines }) => lines);
  const importLines = (lines: readonly object[]): ReturnType<typeof importBytes> =>
    importBytes(service, linesAsStream(lines.map((line) => JSON.stringify(line))));
  const tieOut = (csv: string): ReturnType<TieOut['run']> =>
    service.app.get(TieOut, { strict: false }).run(Readable.from([Buffer.from(csv)]), COLUMNS, '2026-05');

  it('is imported event by event as it is imported at once, and known when it is told again', async () => {
    for (const event of readFileSync(EVENTS, 'utf8').trimEnd().split('\n')) {
      const lines = await converted(Readable.from([Buffer.from(event)]));
      expect(await importLines(lines)).toMatchObject({ refused: 0 });
    }
    const lines = await converted(createReadStream(EVENTS));
    expect(await importLines(lines)).toMatchObject({ known: 7, added: 0, refused: 0 });
    const queries = service.app.get(CreditQueries, { strict: false });
    const balanceOf = async (userId: string): Promise<bigint> => {
      const subject = { userId, isCaller: false, showsReasons: true };
      return (await queries.balance(subject, null)).balance.purchasedCredits;
    };
    // The dispute about usr_42's payment was won; that of usr_7 was refunded in three steps.
    expect([await balanceOf('usr_42'), await balanceOf('usr_7')]).toEqual([100_000_000n, 0n]);
  });

  it('is compared with the ledger, by entry or by payment', async () => {
    await importRecords(service.app, [
      {
        type: 'purchase',
        externalId: 'pi_yen',
        userId: 'usr_7',
        credits: '3',
        amount: '7',
        fee: '0.2',
        originalAmount: '1000',
        originalCurrency: 'JPY',
        occurredAt: '2026-05-20T00:00:00Z',
      },
      {
        type: 'purchaseReversal',
        externalId: 'yen-back',
        purchaseExternalId: 'pi_yen',
        credits: '1',
        occurredAt: '2026-05-21T00:00:00Z',
      },
      {
        type: 'purchase',
        externalId: 'april',
        userId: 'usr_7',
        credits: '1',
        amount: '5',
        occurredAt: '2026-04-30T23:00:00Z',
      },
    ]);
    const matching = `id,date,amount,fee,currency
pi_A,2026-05-01T09:00:00Z,11.90,0.65,usd
pi_B,2026-05-02 09:00,30,,usd
pi_B,2026-05-02,-10,,usd
ch_B:refund:1700,2026-05-02,-7,,usd
pi_B,2026-05-02,-13,,usd
du_A,2026-05-03,-11.9,,usd
pi_A,2026-05-11,11.9,,usd
pi_yen,2026-05-20,1000,0.2,JPY
yen-back,2026-05-21,-333,,jpy
june,2026-06-01,1,,usd
`;
    expect(await tieOut(matching)).toMatchObject({
      matched: 9,
      otherMonths: 1,
      differing: [],
      onlyThere: [],
      onlyHere: [],
      complaints: [],
    });
    const wrong = matching
      .replace('pi_B,2026-05-02 09:00,30', 'pi_B,2026-05-02 09:00,30.01')
      .replace('yen-back', 'yen-lost')
      .concat('april,2026-05-01,5,,usd\nx,yesterday,1,,usd\n');
    expect(await tieOut(wrong)).toMatchObject({
      matched: 7,
      differing: [{ there: { id: 'pi_B', amount: 30_010_000n }, here: { amount: 30_000_000n } }],
      onlyThere: [
        { there: { id: 'yen-lost' }, otherMonth: null },
        { there: { id: 'april' }, otherMonth: { id: 'april' } },
      ],
      onlyHere: [{ id: 'yen-back', amount: -333_000_000n, currency: 'JPY' }],
      complaints: ['line 13: "yesterday" is no date like 2026-05-01'],
    });
  });
});
