/** What to pay for a closed month: checked by partner, paid in one go, and taken back one by one. */

import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readPayouts, type Payout, type Payouts } from '../../api/statements.js';
import { units } from '../../exact/decimal.js';
import { signOf } from '../../exact/format.js';
import { monthName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { useCaller } from '../../session/me.js';
import { Answer, EmptyState } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { ExportCsv } from '../../ui/export-csv.js';
import { View } from '../../ui/view.js';
import { Back } from './back.js';
import { Facts } from './facts.js';
import { PayDialog } from './pay-dialog.js';
import { PayoutTable } from './payout-table.js';
import { TakeBackLatest } from './take-back-latest.js';
import { t } from './texts.js';

export function PayoutList({ month }: { readonly month: string }): JSX.Element {
  const { rights } = useCaller();
  const payouts = useQuestion(month, readPayouts);
  const [changed, setChanged] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [isPaying, setPaying] = useState(false);
  const [takingBack, setTakingBack] = useState<Payout | null>(null);
  const known = payouts.settled.value?.answer ?? null;
  const isChosen = (payout: Payout): boolean =>
    isOpen(payout) && (changed.get(payout.statementId) ?? isAdvised(payout));
  const chosen = known?.data.filter(isChosen) ?? [];
  const ended = (wasSent: boolean): void => {
    setPaying(false);
    if (wasSent) payouts.again();
  };
  return (
    <>
      <Back />
      <View
        title={t('payoutsOf', { month: monthName(month) })}
        class="statements"
        actions={
          <>
            <ExportCsv path="payouts" query={known === null ? null : { month }} />
            {rights.mayRecord && (
              <Button kind="primary" isDisabled={chosen.length === 0} onPress={() => setPaying(true)}>
                {t('pay', { count: chosen.length })}
              </Button>
            )}
          </>
        }
      >
        <section class="card list">
          <Answer of={payouts}>
            {(answer) => (
              <>
                <Totals payouts={answer} />
                <PayoutTable
                  payouts={answer}
                  isChosen={isChosen}
                  choosing={
                    rights.mayRecord
                      ? {
                          onChoose: (payout, isOn) =>
                            setChanged(new Map(changed).set(payout.statementId, isOn)),
                          onTakeBack: setTakingBack,
                        }
                      : null
                  }
                />
              </>
            )}
          </Answer>
        </section>
        {isPaying && known !== null && (
          <PayDialog month={month} currency={known.currency} payouts={chosen} onClose={ended} />
        )}
        {takingBack !== null && known !== null && (
          <TakeBackLatest
            statement={{ id: takingBack.statementId, currency: known.currency }}
            onDone={payouts.again}
            onClose={() => setTakingBack(null)}
          />
        )}
      </View>
    </>
  );
}

function isOpen({ open }: Payout): boolean {
  return signOf(open) === 'more';
}

/** A partner that owes money by a later month is not paid in passing. */
function isAdvised({ open, netOpen }: Payout): boolean {
  return units(netOpen) >= units(open);
}

function Totals({ payouts: { data, totals, currency } }: { readonly payouts: Payouts }): JSX.Element {
  if (data.length === 0) return <EmptyState icon="calendar" title={t('nothingToPay')} />;
  return (
    <Facts
      currency={currency}
      hero={{ name: t('open'), amount: totals.open }}
      facts={[
        { name: t('payable'), amount: totals.payable },
        { name: t('paid'), amount: totals.paid },
        { name: t('netOpen'), amount: totals.netOpen },
      ]}
    />
  );
}
