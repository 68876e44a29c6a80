import {
  award,
  day,
  deployment,
  micros,
  purchase,
  purchaseRefund,
  purchaseReversal,
  refund,
  reversalRelease,
} from '../../../test/support/ledger-builders.js';
import type { JudgedEntry } from './entry.js';
import { judgeAndFold } from './judge.js';

const RECORDED = [
  purchase('p', { expiresAt: day(9) }),
  award('gift'),
  deployment('d', { occurredAt: day(4) }),
];

/** Judges the candidates after RECORDED; returns the reason and the refundable credits of each refused one. */
function refusalsOf(...candidates: JudgedEntry[]): string[] {
  return judgeAndFold(RECORDED, candidates).refused.map(
    ({ candidate, reason, leftCredits }) => `${candidate.id}: ${reason}, ${leftCredits}`,
  );
}

describe('judging', () => {
  it('accepts a refund of exactly what is left, at the instant of its deployment', () => {
    const { accepted, refused, account } = judgeAndFold(RECORDED, [
      refund('r', 'd', { credits: micros('10'), occurredAt: day(4) }),
    ]);
    expect(accepted).toHaveLength(1);
    expect(refused).toEqual([]);
    expect(account.spends.get('deployment d')?.refundedCredits).toBe(micros('10'));
  });

  it("judges by the credits left in the lot at the refund's position, not by those bought", () => {
    expect(
      refusalsOf(
        purchaseRefund('too-early', 'p', { occurredAt: day(0) }),
        purchaseRefund('too-much', 'p', { occurredAt: day(3), credits: micros('10.000001') }),
        purchaseRefund('in-time', 'p', { occurredAt: day(9) - 1n, credits: micros('4') }),
        purchaseRefund('too-late', 'p', { occurredAt: day(9) }),
      ),
    ).toEqual(['too-early: nothingLeft, 0', 'too-much: moreThanLeft, 10000000', 'too-late: nothingLeft, 0']);
  });

  it('checks first whether the target is known', () => {
    expect(refusalsOf(refund('r', 'p'), purchaseRefund('m', 'd'))).toEqual([
      'r: unknownTarget, 0',
      'm: unknownTarget, 0',
    ]);
  });

  it('subtracts refunds that come later in the order', () => {
    const recorded = [...RECORDED, refund('later', 'd', { credits: micros('7'), occurredAt: day(20) })];
    const { refused } = judgeAndFold(recorded, [
      refund('r', 'd', { credits: micros('4'), occurredAt: day(5) }),
    ]);
    expect(refused).toMatchObject([{ reason: 'moreThanLeft', leftCredits: micros('3') }]);
  });

  it('judges a reversal by all recorded entries, whatever their position', () => {
    const recorded = [
      ...RECORDED,
      purchaseReversal('first', 'p', { credits: micros('8'), occurredAt: day(5) }),
      reversalRelease('won', 'first', { occurredAt: day(8) }),
      purchaseRefund('m', 'p', { credits: micros('1'), occurredAt: day(8) + 1n }),
    ];
    const { refused, accepted } = judgeAndFold(recorded, [
      purchaseReversal('much', 'p', { credits: micros('9.000001'), occurredAt: day(6) }),
      purchaseReversal('second', 'p', { credits: micros('9'), occurredAt: day(7) }),
      reversalRelease('again', 'first', { occurredAt: day(10) }),
    ]);
    expect(refused).toMatchObject([
      { candidate: { id: 'much' }, reason: 'moreThanLeft', leftCredits: micros('9') },
      { candidate: { id: 'again' }, reason: 'alreadyReleased' },
    ]);
    expect(accepted).toMatchObject([{ id: 'second' }]);
  });

  it('does not fold refused candidates', () => {
    const { account } = judgeAndFold(RECORDED, [
      refund('r', 'd', { credits: micros('11'), occurredAt: day(5) }),
    ]);
    expect(account.balance.freeCredits).toBe(0n);
  });
});
