import { mistakesIn, NOTHING_TYPED, wantedFrom, type Draft } from './entry-draft.js';

const AWARD: Draft = { kind: 'award', userId: 'ann' };
const PURCHASE: Draft = { kind: 'purchase', userId: 'ann' };
const REFUND: Draft = { kind: 'refund', userId: 'ann', deploymentId: 'd-1' };

describe('what is typed about an entry', () => {
  it('is an award with the fields that are filled in, and its last day apart', () => {
    const typed = { ...NOTHING_TYPED, credits: '12.5', lastDay: '2026-03-31', reason: ' Sorry ' };
    expect(wantedFrom(AWARD, typed)).toEqual({
      userId: 'ann',
      lastDay: '2026-03-31',
      entry: { kind: 'award', body: { userId: 'ann', credits: '12.5', reason: 'Sorry' } },
    });
  });

  it('is no award and no purchase without credits, but a refund of all that is left', () => {
    expect(wantedFrom(AWARD, NOTHING_TYPED)).toBeNull();
    expect(wantedFrom(PURCHASE, NOTHING_TYPED)).toBeNull();
    expect(wantedFrom(REFUND, NOTHING_TYPED)).toEqual({
      userId: 'ann',
      lastDay: null,
      entry: { kind: 'refund', deploymentId: 'd-1', body: {} },
    });
  });

  it('is nothing while a field is wrong, and the field is named', () => {
    const typed = { ...NOTHING_TYPED, credits: '5', amount: 'ten' };
    expect(mistakesIn(PURCHASE, typed)).toEqual({ credits: false, amount: true });
    expect(wantedFrom(PURCHASE, typed)).toBeNull();
    expect(mistakesIn(REFUND, { ...NOTHING_TYPED, credits: '0' })).toEqual({ credits: true, amount: false });
    expect(wantedFrom(REFUND, { ...NOTHING_TYPED, credits: '0' })).toBeNull();
  });
});
