import { formatDecimal, formatInstant, formatRevenue, formatRevenueShare } from '../../domain/index.js';
import type { OpenAdjustment } from '../closing/open-adjustments.js';
import type { AdjustmentLine, Cause } from '../lines/line.js';
import type { CauseForm } from '../lines/line-sql.js';

/**
 * An adjustment that no statement has yet, in the form of a line.
 *
 * @param months of `causeMonths`
 */
export function openLine(
  open: OpenAdjustment,
  months: ReadonlyMap<string, string>,
  form: CauseForm,
): AdjustmentLine {
  const causes = open.parts.map(({ recorded: { entry, recordedAt }, part }): Cause => {
    const occurredAt = formatInstant(entry.occurredAt);
    const common = { type: entry.type, part: formatDecimal(part) };
    if (form === 'partner') return { ...common, month: months.get(occurredAt) ?? null };
    return { ...common, entryId: entry.id, occurredAt, recordedAt: formatInstant(recordedAt) };
  });
  return {
    kind: 'adjustment',
    deploymentId: open.deploymentId,
    moduleId: open.moduleId,
    moduleName: open.moduleName,
    createdAt: formatInstant(open.createdAt),
    statedGross: formatDecimal(open.statedGross),
    grossNow: formatDecimal(open.grossNow),
    difference: formatDecimal(open.difference),
    partnerRevenueShare: formatRevenueShare(open.share),
    revenueDifference: formatRevenue(open.revenueDifference),
    corrects: open.correctsId,
    causes: open.correction === 0n ? causes : [...causes, correctionOf(open.correction, form)],
  };
}

function correctionOf(correction: bigint, form: CauseForm): Cause {
  const common = { type: 'correction', part: formatDecimal(correction) } as const;
  return form === 'partner'
    ? { ...common, month: null }
    : { ...common, entryId: null, occurredAt: null, recordedAt: null };
}
