/** Each partner's figures of the chosen period under another share; changes nothing. */

import type { JSX } from 'preact';
import { rangeHere, rangeParameters, rangeQuery } from '../../address/range.js';
import { readPreview, type Preview, type PreviewFigures, type PreviewQuery } from '../../api/settings.js';
import { share, signOf } from '../../exact/format.js';
import { dayName, today, type Day } from '../../exact/time.js';
import { useQuestion } from '../../question/question.js';
import { usePlatform } from '../../session/me.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { Money, Name } from '../../ui/figures.js';
import { PeriodSelect } from '../../ui/period-select.js';
import { Table, type Column } from '../../ui/table.js';
import { t as uiText } from '../../ui/texts.js';
import type { Trial } from './share-edit.js';
import { t } from './texts.js';

export interface SharePreviewProps {
  /** Null: what is typed is no share, so the preview before stays. */
  readonly trial: Trial | null;
  /** Which version of the shares in force the figures are compared with. */
  readonly version: string;
}

export function SharePreview({ trial, version }: SharePreviewProps): JSX.Element {
  const range = rangeHere(usePlatform().timeZone);
  const asked =
    trial === null
      ? null
      : {
          trial,
          days: { ...rangeQuery(range), timeZone: range.timeZone },
          today: today(range.timeZone, new Date()),
          version,
        };
  const preview = useQuestion(
    asked,
    (question, signal) => readPreview(queryOf(question), signal),
    JSON.stringify(trial),
  );
  const shown = preview.shown.value?.question.trial ?? asked?.trial ?? null;
  return (
    <div class="preview">
      <div class="preview-head">
        <h3>{shown !== null && trialName(shown)}</h3>
        <PeriodSelect label={t('period')} isInline />
      </div>
      {shown !== null && asked !== null && isAhead(shown, asked.today) && (
        <p class="hint pad">{t('previewAhead', { day: dayName(shown.from ?? asked.today) })}</p>
      )}
      <div class="preview-body">
        <Answer of={preview} skeleton={<Skeleton size="card" />} wayOut={<ClearFilter />}>
          {(answer) => <PreviewTable preview={answer} />}
        </Answer>
      </div>
    </div>
  );
}

interface Asked {
  readonly trial: Trial;
  readonly days: Pick<PreviewQuery, 'startDate' | 'endDate' | 'timeZone'>;
  /** In the zone of the days. */
  readonly today: Day;
}

/** A share that begins later changes nothing yet, so it is tried for the whole period. */
function queryOf({ trial, days, today: day }: Asked): PreviewQuery {
  const { value, from } = trial;
  return from === null || isAhead(trial, day) ? { ...days, value } : { ...days, value, effectiveFrom: from };
}

function isAhead({ from }: Trial, day: Day): boolean {
  return from !== null && from > day;
}

function trialName({ value, from, without }: Trial): string {
  const [tried, day] = [share(value), from === null ? '' : dayName(from)];
  if (without !== undefined) return t('previewWithout', { share: tried, day, step: share(without) });
  return from === null ? t('preview', { share: tried }) : t('previewFrom', { share: tried, day });
}

/** The zone of the address may be what the service refuses. */
function ClearFilter(): JSX.Element {
  const clear = (): void => rangeParameters.go({ timeZone: null });
  return (
    <Button kind="quiet" onPress={clear}>
      {uiText('clearFilter')}
    </Button>
  );
}

type Row = Preview['data'][number];

function moneyColumns(totals: PreviewFigures, currency: string): readonly Column<Row>[] {
  const column = (id: 'grossRevenue' | 'revenueNow' | 'revenueThen', head: string): Column<Row> => ({
    id,
    head,
    kind: 'number',
    least: 12,
    cell: (row) => <Money amount={row[id]} currency={currency} />,
    total: <Money amount={totals[id]} currency={currency} />,
  });
  return [
    column('grossRevenue', t('gross')),
    column('revenueNow', t('revenueNow')),
    column('revenueThen', t('revenueThen')),
    {
      id: 'difference',
      head: t('difference'),
      kind: 'number',
      least: 12,
      cell: (row) => <Difference amount={row.difference} currency={currency} />,
      total: <Difference amount={totals.difference} currency={currency} />,
    },
  ];
}

function PreviewTable({ preview }: { readonly preview: Preview }): JSX.Element {
  const { data, totals, currency } = preview;
  if (data.length === 0) return <p class="hint pad">{t('noRevenue')}</p>;
  const partner: Column<Row> = {
    id: 'partner',
    head: t('partner'),
    least: 16,
    isRowHead: true,
    cell: ({ partnerName, partnerId }) => <Name text={partnerName} title={partnerId} />,
  };
  return (
    <Table
      caption={t('previewCaption')}
      columns={[partner, ...moneyColumns(totals, currency)]}
      rows={data}
      keyOf={({ partnerId }) => partnerId}
      totals={t('total')}
      size="few"
    />
  );
}

function Difference({
  amount,
  currency,
}: {
  readonly amount: string;
  readonly currency: string;
}): JSX.Element {
  const direction = signOf(amount);
  return (
    <span class={`difference ${direction}`}>
      {direction === 'more' && '+'}
      <Money amount={amount} currency={currency} />
    </span>
  );
}
