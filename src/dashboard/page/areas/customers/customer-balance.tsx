import type { JSX } from 'preact';
import { defineParameters } from '../../address/parameters.js';
import { day } from '../../address/range.js';
import { endOfDay, justBefore, readBalance, type Lot } from '../../api/credits.js';
import { BalanceFigures, ExpiringSoon, LotsTable } from '../../credits/balance.js';
import { t } from '../../credits/texts.js';
import { dayName } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/field.js';
import { Card } from '../../ui/view.js';

const parameters = defineParameters({ asOf: day });

export interface CustomerBalanceProps {
  readonly userId: string;
  /** Another number: something was recorded, so the balance is read again. */
  readonly version: number;
  readonly actionsOf?: (lot: Lot) => JSX.Element | null;
}

/** A customer's balance now, or as of the end of a day. */
export function CustomerBalance({ userId, version, actionsOf }: CustomerBalanceProps): JSX.Element {
  const { timeZone } = usePlatform();
  const { asOf } = parameters.here();
  const balance = useQuestion({ userId, asOf, timeZone, version }, async (asked, signal) => {
    if (asked.asOf === null) return readBalance({ userId }, signal);
    const end = await endOfDay(asked.asOf, asked.timeZone, userId, signal);
    return readBalance({ userId, asOf: justBefore(end) }, signal);
  });
  const shownDay = balance.shown.value?.question.asOf ?? null;
  return (
    <Card
      title={shownDay === null ? t('balance') : t('balanceAt', { day: dayName(shownDay) })}
      aside={<AsOf value={asOf} />}
    >
      <Answer of={balance} skeleton={<Skeleton size="card" />}>
        {(answer, { question }) => (
          <>
            <BalanceFigures balance={answer} />
            <ExpiringSoon balance={answer} />
            <LotsTable balance={answer} actionsOf={question.asOf === null ? actionsOf : undefined} />
          </>
        )}
      </Answer>
    </Card>
  );
}

function AsOf({ value }: { readonly value: string | null }): JSX.Element {
  return (
    <div class="days as-of">
      <TextField
        label={t('asOf')}
        isInline
        type="date"
        value={value ?? ''}
        onInput={(typed) => parameters.replace({ asOf: typed || null })}
      />
      {value !== null && (
        <Button kind="quiet" onPress={() => parameters.go({ asOf: null })}>
          {t('now')}
        </Button>
      )}
    </div>
  );
}
