import {
  formatDecimal,
  formatInstant,
  type Balance,
  type Entry,
  type Instant,
} from '../../src/domain/index.js';
import type { RefusedLine } from './ledger-scenario.js';
import type { LotEnd, Movement, SpendEnd, Step, Story } from './ledger-story.js';

/** Draws the refusals of a scenario's imports. */
export function drawRefusals(refused: readonly (readonly RefusedLine[])[]): string {
  return refused
    .flatMap((lines, index) =>
      lines.map(
        ({ candidate, reason, leftCredits }) =>
          `import ${index + 1} refused: ${date(candidate.occurredAt)}  ${titleOf(candidate)}: ` +
          `${reason}, ${formatDecimal(leftCredits)} left\n`,
      ),
    )
    .join('');
}

/**
 * Draws one user's history like an accountant: each entry with the lots before it, its allocations, what lapsed, was
 * settled or returned, and the balance after it; then where all credits and money are in the end.
 *
 * @param revenueOf a deployment's revenue as text, by its id and gross
 */
export function drawHistory(
  userId: string,
  story: Story,
  revenueOf: (deploymentId: string, gross: bigint) => string,
): string {
  const reverses = story.steps.some(({ entry }) => entry.type === 'purchaseReversal');
  const lines = [
    `History of ${userId}`,
    '',
    ...story.steps.flatMap((step) => [...step.lapses.flatMap(drawLapse), ...drawStep(step)]),
    'In the end',
    '',
    ...table(
      ['lot', 'acquired', 'left', 'paid', 'lapsed', 'refunded', ...(reverses ? ['reversed'] : [])],
      story.lots.map((lot) => lotRow(lot, reverses)),
    ),
    '',
    ...table(
      ['spend', 'cost', 'free', 'purchased', 'unpaid', 'refunded', 'gross', 'revenue', 'paid by'],
      story.spends.map((spend) => spendRow(spend, revenueOf)),
    ),
    '',
    `  money: ${drawMoney(story, reverses)}`,
    '',
  ];
  return lines.join('\n');
}

function drawLapse(lapse: Step['lapses'][number]): string[] {
  return [
    `${date(lapse.at)}  expiry of ${lapse.pool} ${lapse.lot}`,
    `  lapsed     ${amount(lapse)}`,
    `  balance    ${drawBalance(lapse.after)}`,
    '',
  ];
}

function drawStep(step: Step): string[] {
  const lapsed = new Set(step.lapses.map(({ pool, lot }) => `${pool} ${lot}`));
  const lots = step.openLots
    .filter(({ pool, lot }) => !lapsed.has(`${pool} ${lot}`))
    .map((lot) => {
      const until = lot.expiresAt === null ? '' : `, until ${date(lot.expiresAt)}`;
      return `${lot.pool} ${lot.lot}: ${amount(lot)}${until}`;
    });
  return [
    `${date(step.entry.occurredAt)}  ${titleOf(step.entry)}`,
    ...section('lots', lots.length === 0 ? ['none open'] : lots),
    ...section('took', step.taken.map(fromLot)),
    ...section('unpaid', unpaidOf(step)),
    ...section('cancelled', step.cancelled === 0n ? [] : [`${formatDecimal(step.cancelled)} unpaid`]),
    ...section(
      'returned',
      step.returned.map(
        (back) => `${amount(back)} to ${back.pool} ${back.lot}${back.lapsed ? ', lapsed at once' : ''}`,
      ),
    ),
    ...drawReversal(step),
    ...section(
      'settled',
      step.settled.map((payment) => `${payment.spend}: ${fromLot(payment)}`),
    ),
    ...section('withdrew', step.withdrawn === null ? [] : [fromLot(step.withdrawn)]),
    ...section('shortfall', step.shortfall === 0n ? [] : [formatDecimal(step.shortfall)]),
    `  balance    ${drawBalance(step.after)}`,
    '',
  ];
}

function drawReversal(step: Step): string[] {
  return [
    ...section('reversed', [
      ...step.reversedLeft.map((part) => `${amount(part)} left in ${part.pool} ${part.lot}`),
      ...step.reversedLapsed.map((part) => `${amount(part)} lapsed from ${part.pool} ${part.lot}`),
      ...step.takenBack.map((part) => `${amount(part)} paid for ${part.spend}, which owes it again`),
    ]),
    ...section('released', [
      ...step.paidAgain.map((part) => `${amount(part)} pay for ${part.spend} again`),
      ...step.putBack.map(
        (part) => `${amount(part)} to ${part.pool} ${part.lot}${part.lapsed ? ', lapsed at once' : ''}`,
      ),
    ]),
  ];
}

/** Credits of a spend that no lot covered at that time. */
function unpaidOf({ entry, taken }: Step): string[] {
  if (entry.type !== 'deployment' && entry.type !== 'spend') return [];
  const unpaid = taken.reduce((left, { credits }) => left - credits, entry.credits);
  return unpaid === 0n ? [] : [formatDecimal(unpaid)];
}

function titleOf(entry: Entry): string {
  const name = `${entry.type} ${entry.id}`;
  switch (entry.type) {
    case 'award':
      return `${name}: ${formatDecimal(entry.credits)} credits${untilText(entry.expiresAt)}`;
    case 'purchase':
      return `${name}: ${formatDecimal(entry.credits)} credits for ${formatDecimal(entry.amount)}${untilText(entry.expiresAt)}`;
    case 'deployment':
      return `${name} of ${entry.moduleId}: ${formatDecimal(entry.credits)} credits, pool ${entry.pool}`;
    case 'spend':
      return `${name}, ${entry.category}: ${formatDecimal(entry.credits)} credits, pool ${entry.pool}`;
    case 'refund':
      return `${name} of deployment ${entry.deploymentId}: ${asked(entry.credits)}`;
    case 'purchaseRefund':
      return `${name} of purchase ${entry.purchaseId}: ${asked(entry.credits)}`;
    case 'purchaseReversal':
      return `${name} of purchase ${entry.purchaseId}: ${asked(entry.credits)}`;
    case 'reversalRelease':
      return `${name} of reversal ${entry.reversalId}`;
  }
}

function asked(credits: bigint | null): string {
  return credits === null ? 'all that is left' : `${formatDecimal(credits)} credits`;
}

function untilText(expiresAt: Instant | null): string {
  return expiresAt === null ? '' : `, until ${date(expiresAt)}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? title : '').padEnd(11)}${line}`);
}

function fromLot(movement: Movement): string {
  return `${amount(movement)} from ${movement.pool} ${movement.lot}`;
}

function amount({ pool, credits, value }: Movement): string {
  return pool === 'free' ? formatDecimal(credits) : `${formatDecimal(credits)} worth ${formatDecimal(value)}`;
}

function drawBalance({ freeCredits, purchasedCredits, unpaidCredits }: Balance): string {
  return `free ${formatDecimal(freeCredits)}, purchased ${formatDecimal(purchasedCredits)}, unpaid ${formatDecimal(unpaidCredits)}`;
}

function lotRow(end: LotEnd, reverses: boolean): string[] {
  const { pool, lot, acquired, left, paid, lapsed, refunded, reversed } = end;
  const cells = [acquired, left, paid, lapsed, refunded, ...(reverses ? [reversed] : [])].map(
    ([credits, value]) => amount({ pool, lot, credits, value }),
  );
  return [`${pool} ${lot}`, ...cells];
}

function spendRow(end: SpendEnd, revenueOf: (deploymentId: string, gross: bigint) => string): string[] {
  const [type, id = ''] = end.spend.split(' ');
  const allocations = end.allocations.filter(({ credits }) => credits > 0n).map(fromLot);
  return [
    end.spend,
    ...[end.cost, end.free, end.purchased, end.unpaid, end.refunded, end.gross].map(formatDecimal),
    type === 'deployment' ? revenueOf(id, end.gross) : '-',
    allocations.join(' + ') || '-',
  ];
}

function drawMoney({ lots, spends }: Story, reverses: boolean): string {
  const sumOf = (part: 'acquired' | 'left' | 'lapsed' | 'refunded' | 'reversed'): string =>
    formatDecimal(lots.reduce((total, lot) => total + lot[part][1], 0n));
  const grossOf = (isDeployment: boolean): string =>
    formatDecimal(
      spends
        .filter(({ spend }) => spend.startsWith('deployment ') === isDeployment)
        .reduce((total, { gross }) => total + gross, 0n),
    );
  return (
    `${sumOf('acquired')} paid in = ${grossOf(true)} gross revenue + ${grossOf(false)} other spends + ` +
    `${sumOf('left')} left + ${sumOf('lapsed')} lapsed + ${sumOf('refunded')} refunded` +
    (reverses ? ` + ${sumOf('reversed')} reversed` : '')
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [head, ...rows].map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** Only the day if the instant is its midnight. */
function date(instant: Instant): string {
  return formatInstant(instant).replace('T00:00:00Z', '');
}
