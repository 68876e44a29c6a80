/** What finance can record from a lot or a line of the history. */

import type { JSX } from 'preact';
import type { HistoryLine, Lot } from '../../api/credits.js';
import { Button } from '../../ui/button.js';
import type { Draft } from './entry-draft.js';
import { t } from './texts.js';

interface ActionsProps {
  readonly userId: string;
  readonly onPress: (draft: Draft) => () => void;
}

export function LotActions(props: ActionsProps & { readonly lot: Lot }): JSX.Element | null {
  const { lot, userId, onPress } = props;
  const { pool, lotId } = lot;
  if (pool === 'free') return null;
  return (
    <>
      <Action
        name={t('refund')}
        what={lotId}
        onPress={onPress({ kind: 'purchaseRefund', userId, purchaseId: lotId })}
      />
      <Reverse userId={userId} purchaseId={lotId} onPress={onPress} />
    </>
  );
}

export function LineActions(props: ActionsProps & { readonly line: HistoryLine }): JSX.Element | null {
  const { line, userId, onPress } = props;
  const { type, id, credits } = line;
  if (credits === '0') return null;
  switch (type) {
    case 'deployment':
      return (
        <Action
          name={t('refund')}
          what={id}
          onPress={onPress({ kind: 'refund', userId, deploymentId: id })}
        />
      );
    case 'purchase':
      return <Reverse userId={userId} purchaseId={id} onPress={onPress} />;
    case 'purchaseReversal':
      return (
        <Action
          name={t('release')}
          what={id}
          onPress={onPress({ kind: 'release', userId, reversalId: id })}
        />
      );
    case 'award':
    case 'spend':
    case 'refund':
    case 'purchaseRefund':
    case 'reversalRelease':
    case 'expiry':
      return null;
  }
}

/** Also of a purchase without credits left: what they paid is then unpaid again. */
function Reverse(props: ActionsProps & { readonly purchaseId: string }): JSX.Element {
  const { userId, purchaseId, onPress } = props;
  return (
    <Action
      name={t('reversal')}
      what={purchaseId}
      onPress={onPress({ kind: 'reversal', userId, purchaseId })}
    />
  );
}

interface ActionProps {
  readonly name: string;
  readonly what: string;
  readonly onPress: () => void;
}

function Action({ name, what, onPress }: ActionProps): JSX.Element {
  return (
    <Button kind="quiet" class="in-row" onPress={onPress}>
      {name} …<span class="sr"> {what}</span>
    </Button>
  );
}
