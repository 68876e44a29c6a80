/** Pays many statements, one request after the other, each at most once whatever gets lost. */

import { useEffect, useRef, useState } from 'preact/hooks';
import { recordPayment, type Payout } from '../../api/statements.js';
import { write, type Outcome } from '../../api/write.js';

/** What is paid: all that was open on the screen, and not more, whatever happened since. */
interface PayOrder {
  readonly payout: Payout;
  readonly body: { readonly externalId: string; readonly amount: string; readonly paidAt: string };
}

export interface Payment {
  readonly order: PayOrder;
  /** Null: not sent yet. */
  readonly outcome: Outcome<unknown> | null;
}

export interface PayRun {
  /** Empty: nothing was sent. */
  readonly payments: readonly Payment[];
  readonly isRunning: boolean;
  readonly start: (payouts: readonly Payout[]) => void;
  /** After a lost answer: asks what became of that payment, then goes on with the others. */
  readonly goOn: () => void;
  /** After the payment that is being sent. */
  readonly stop: () => void;
}

export function usePayRun(): PayRun {
  const [payments, setPayments] = useState<readonly Payment[]>([]);
  const [isRunning, setRunning] = useState(false);
  const isStopped = useRef(false);
  useEffect(() => () => void (isStopped.current = true), []);
  const run = async (all: readonly Payment[]): Promise<void> => {
    isStopped.current = false;
    setRunning(true);
    let known = all;
    for (const [place, payment] of all.entries()) {
      if (isStopped.current) break;
      if (isCertain(payment)) continue;
      const outcome = await settle(payment);
      known = known.map((one, index) => (index === place ? { ...one, outcome } : one));
      setPayments(known);
      if (outcome.kind === 'unknown') break;
    }
    setRunning(false);
  };
  return {
    payments,
    isRunning,
    start: (payouts) => {
      const paidAt = new Date().toISOString();
      const all = payouts.map((payout) => ({
        order: { payout, body: { externalId: crypto.randomUUID(), amount: payout.open, paidAt } },
        outcome: null,
      }));
      setPayments(all);
      void run(all);
    },
    goOn: () => void run(payments),
    stop: () => (isStopped.current = true),
  };
}

function isCertain({ outcome }: Payment): boolean {
  return outcome !== null && outcome.kind !== 'unknown';
}

function settle({ order: { payout, body }, outcome }: Payment): Promise<Outcome<unknown>> {
  if (outcome?.kind === 'unknown') return outcome.again();
  return write((headers, signal) => recordPayment(payout.statementId, body, { headers, signal }));
}
