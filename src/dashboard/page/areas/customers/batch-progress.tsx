import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { readBatch, type Batch } from '../../api/credits.js';
import { credits } from '../../exact/format.js';
import { useQuestion } from '../../question/question.js';
import { Answer, Skeleton } from '../../ui/answer.js';
import { Button } from '../../ui/button.js';
import { DateTime } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { Card } from '../../ui/view.js';
import { t } from './texts.js';

/** How often the progress is read. */
const EVERY_MS = 1_000;

export interface BatchProgressProps {
  readonly externalId: string;
  readonly onClose: () => void;
}

/** How far one award to many is; its address can be reloaded and shared. */
export function BatchProgress({ externalId, onClose }: BatchProgressProps): JSX.Element {
  const batch = useQuestion(externalId, readBatch);
  const settled = batch.settled.value;
  const isRunning = settled !== null && settled.answer.finishedAt === null;
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setTimeout(batch.again, EVERY_MS);
    return () => clearTimeout(timer);
  }, [isRunning, settled]);
  const closer = (
    <Button kind="quiet" icon="close" isRound onPress={onClose}>
      {t('close')}
    </Button>
  );
  return (
    <Card title={t('batch')} aside={closer} class="batch">
      <Answer of={batch} skeleton={<Skeleton size="card" />}>
        {(answer) => <Progress batch={answer} />}
      </Answer>
    </Card>
  );
}

function Progress({ batch }: { readonly batch: Batch }): JSX.Element {
  const { total, done, refused, acceptedAt, finishedAt, refusals } = batch;
  return (
    <div class="batch-body">
      <p>
        {t.rich('batchPart', { credits: credits(batch.credits), when: <DateTime instant={acceptedAt} /> })}
      </p>
      <progress max={Math.max(total, 1)} value={done + refused} aria-label={t('batch')} />
      <p role="status">
        {t('batchProgress', { done, total })}
        {refused > 0 && `, ${t('batchRefused', { count: refused })}`}
        {'. '}
        {finishedAt !== null && t.rich('batchFinished', { when: <DateTime instant={finishedAt} /> })}
      </p>
      {refusals.length > 0 && (
        <Table
          caption={t('batchRefusals')}
          columns={refusalColumns()}
          rows={refusals}
          keyOf={({ externalId }) => externalId}
        />
      )}
    </div>
  );
}

type RefusedAward = Batch['refusals'][number];

function refusalColumns(): readonly Column<RefusedAward>[] {
  return [
    {
      id: 'customer',
      head: t('customer'),
      isRowHead: true,
      least: 16,
      cell: ({ userId }) => <code>{userId}</code>,
    },
    { id: 'why', head: t('why'), least: 24, cell: ({ reason }) => reason },
  ];
}
