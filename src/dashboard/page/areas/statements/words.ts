/** The words for what the API names: states of statements, causes of adjustments, and why an amount is carried. */

import type { ComponentChild } from 'preact';
import type { AdjustmentLine, Statement } from '../../api/statements.js';
import { money, signOf } from '../../exact/format.js';
import { units } from '../../exact/decimal.js';
import { t } from './texts.js';

type Cause = AdjustmentLine['causes'][number];

const STATUS = {
  carried: { text: 'statusCarried', kind: 'plain' },
  open: { text: 'statusOpen', kind: 'warn' },
  partlyPaid: { text: 'statusPartlyPaid', kind: 'warn' },
  paid: { text: 'statusPaid', kind: 'good' },
} as const;

export function statusOf(status: Statement['status']): {
  readonly name: string;
  readonly kind: 'plain' | 'warn' | 'good';
} {
  const { text, kind } = STATUS[status];
  return { name: t(text), kind };
}

const CAUSES = {
  award: 'causeAward',
  purchase: 'causePurchase',
  deployment: 'causeDeployment',
  spend: 'causeSpend',
  refund: 'causeRefund',
  purchaseRefund: 'causePurchaseRefund',
  purchaseReversal: 'causePurchaseReversal',
  reversalRelease: 'causeReversalRelease',
} as const;

/** @param when the month of the entry, or the entry and its time */
export function causeInWords({ type }: Cause, when: ComponentChild): ComponentChild[] {
  return type === 'correction' ? [t('causeCorrection')] : t.rich(CAUSES[type], { when });
}

/** Why a statement carries an amount; null: it carries nothing. */
export function whyCarried(statement: Statement): string | null {
  const { due, payable, carried, currency, currencyMinorUnit } = statement;
  if (signOf(carried) === 'none') return null;
  if (signOf(due) === 'less') return t('carriedDebt');
  const unit = currencyMinorUnit === 0 ? '1' : `0.${'1'.padStart(currencyMinorUnit, '0')}`;
  const isRounding = signOf(payable) !== 'none' || units(due) < units(unit);
  return isRounding ? t('carriedRounding', { unit: money(unit, currency) }) : t('carriedBelow');
}
