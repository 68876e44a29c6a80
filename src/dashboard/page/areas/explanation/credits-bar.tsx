/** The credits of a deployment as one bar: purchased, free, unpaid and refunded. */

import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Row } from '../../api/revenue.js';
import { permille, units } from '../../exact/decimal.js';
import { credits } from '../../exact/format.js';
import { t } from './texts.js';

const PARTS = [
  ['purchasedCredits', 'purchasedPart', 'purchasedMeaning'],
  ['freeCredits', 'freePart', 'freeMeaning'],
  ['unpaidCredits', 'unpaidPart', 'unpaidMeaning'],
  ['refundedCredits', 'refundedPart', 'refundedMeaning'],
] as const;

/** The least part of the bar that can be seen, in tenths of a percent. */
const LEAST_TENTHS = 12;

export function CreditsBar({ row }: { readonly row: Row }): JSX.Element {
  const parts = PARTS.filter(([field]) => units(row[field]) > 0n);
  return (
    <div class="credits">
      <div class="credits-bar" aria-hidden="true">
        {parts.map(([field]) => (
          <BarPart key={field} field={field} tenths={permille(row[field], row.creditCost) ?? 0} />
        ))}
      </div>
      <p class="total-line">{t('creditsInAll', { credits: credits(row.creditCost) })}</p>
      <ul class="parts-list">
        {parts.map(([field, part, meaning]) => (
          <li key={field}>
            <i class={`swatch ${field}`} />
            <span>
              <strong>{t(part, { credits: credits(row[field]) })}</strong>
              <small>{t(meaning)}</small>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function BarPart({ field, tenths }: { readonly field: string; readonly tenths: number }): JSX.Element {
  const part = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    if (part.current !== null) part.current.style.flexGrow = String(Math.max(tenths, LEAST_TENTHS));
  }, [tenths]);
  return <span ref={part} class={`part ${field}`} />;
}
