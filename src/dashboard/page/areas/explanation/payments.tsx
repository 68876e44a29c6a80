/** Each allocation, with the price of one of its credits. */

import type { ComponentChildren, JSX } from 'preact';
import type { Explanation } from '../../api/revenue.js';
import { credits, money } from '../../exact/format.js';
import { instantName, monthName } from '../../exact/time.js';
import { Money } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { isFull } from './story.js';
import { t } from './texts.js';

type Piece = Explanation['pieces'][number];
type FullPiece = Extract<Piece, { lotId: string }>;

/** Prices with this number of places are cut. */
const CUT_PLACES = 12;

export interface PaymentsProps {
  readonly story: Explanation;
  readonly timeZone: string;
}

export function Payments({ story, timeZone }: PaymentsProps): JSX.Element {
  const { pieces, currency, grossRevenue } = story;
  if (pieces.length === 0) return <p class="hint">{t('noPayments')}</p>;
  const columns: Column<Piece>[] = [
    {
      id: 'which',
      head: t('which'),
      isRowHead: true,
      cell: (piece) => <Origin {...{ piece, currency, timeZone }} />,
    },
    { id: 'credits', head: t('credits'), kind: 'number', cell: (piece) => credits(piece.credits) },
    { id: 'price', head: t('pricePerCredit'), kind: 'number', cell: (piece) => priceOf(piece, currency) },
    {
      id: 'cost',
      head: t('cost'),
      kind: 'number',
      cell: ({ value }) => <Money amount={value} currency={currency} isWhole />,
      total: <Money amount={grossRevenue} currency={currency} isWhole />,
    },
  ];
  const isCut = pieces.some(({ unitPrice }) => unitPrice.split('.')[1]?.length === CUT_PLACES);
  return (
    <>
      <Table
        caption={t('paymentsCaption')}
        columns={columns}
        rows={pieces}
        keyOf={(piece) => JSON.stringify(piece)}
        totals={t('gross')}
        size="few"
        class="payments"
      />
      {!isFull(story) && isCut && <p class="hint">{t('cutNote')}</p>}
    </>
  );
}

function priceOf(piece: Piece, currency: string): ComponentChildren {
  return piece.pool === 'free' ? '–' : <span class="unit-price">{money(piece.unitPrice, currency)}</span>;
}

interface OriginProps {
  readonly piece: Piece;
  readonly currency: string;
  readonly timeZone: string;
}

function Origin({ piece, currency, timeZone }: OriginProps): JSX.Element {
  return (
    <>
      <span class={`pool ${piece.pool}`}>{piece.pool === 'free' ? t('free') : t('purchased')}</span>{' '}
      {'lotId' in piece ? (
        <>
          <code>{piece.lotId}</code>
          <small>{lotText(piece, currency, timeZone)}</small>
          <small>{paidText(piece, timeZone)}</small>
        </>
      ) : (
        <small>
          {piece.purchaseMonth === null
            ? t('grantedByPlatform')
            : t('boughtIn', { month: monthName(piece.purchaseMonth) })}
        </small>
      )}
    </>
  );
}

function lotText(piece: FullPiece, currency: string, timeZone: string): string {
  const values = { credits: credits(piece.acquiredCredits), when: instantName(piece.acquiredAt, timeZone) };
  const what =
    piece.pool === 'free'
      ? t('granted', values)
      : t('boughtFor', { ...values, amount: money(piece.amount, currency) });
  return piece.expiresAt === null ? what : t('until', { what, when: instantName(piece.expiresAt, timeZone) });
}

function paidText({ credits: left, takenCredits, paidAt }: FullPiece, timeZone: string): string {
  const paid = t('paid', { when: instantName(paidAt, timeZone) });
  return left === takenCredits ? paid : t('takenFirst', { credits: credits(takenCredits), paid });
}
