import { suggestedId } from './module-id.js';
import { lastMonths } from './months.js';
import { typedCredits } from './module-fields.js';

describe('typed credits', () => {
  it.each([
    ['12.5', '12.5'],
    [' 12,5 ', '12.5'],
    ['007', '7'],
    ['0.000001', '0.000001'],
    ['0', '0'],
  ])('%s is %s', (typed, credits) => expect(typedCredits(typed)).toBe(credits));

  // A comma before three digits may be a thousand.
  it.each(['', '1,000', '1.0000001', '-5', '1e3', 'ten', '1 000'])('%s is no amount', (typed) =>
    expect(typedCredits(typed)).toBeNull(),
  );
});

describe('the id that a name suggests', () => {
  it.each([
    ['Charts, interactive', 'charts-interactive'],
    ['  Straßen-Karte №2 ', 'strassen-karte-no2'],
    ['خط عربي', ''],
    ['É'.repeat(70), 'e'.repeat(60)],
  ])('%s: %s', (name, id) => expect(suggestedId(name)).toBe(id));
});

describe('the last twelve months', () => {
  it('end today in the zone, and begin with the first of a month', () => {
    const now = new Date('2026-02-28T23:30:00Z');
    expect(lastMonths('UTC', now)).toMatchObject({ startDate: '2025-03-01', endDate: '2026-02-28' });
    expect(lastMonths('Asia/Tokyo', now)).toMatchObject({ startDate: '2025-04-01', endDate: '2026-03-01' });
  });
});
