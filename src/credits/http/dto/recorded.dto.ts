import { ApiProperty } from '@nestjs/swagger';
import {
  figuresOf,
  formatDecimal,
  formatInstant,
  spendKey,
  type Entry,
  type EntryType,
  type Instant,
  type Micros,
  type Payment,
  type Posting,
  type SpendState,
} from '../../../domain/index.js';
import { balanceAt, type Recorded } from '../../commands/recorded.js';
import { AllocationDto, BalanceDto, balanceDto, lotPartDto } from './lot.dto.js';

/** Credits that settled an older debt. */
export class SettlementDto extends AllocationDto {
  /** The type of the spend whose debt was settled. */
  @ApiProperty({ enum: ['deployment', 'spend'], title: 'SpendType', example: 'deployment' })
  type: SpendState['type'];

  /** The id of that deployment, or the externalId of that spend. */
  @ApiProperty({ type: 'string', example: 'dep_79' })
  id: string;
}

/** The state after an entry was recorded. */
export class AfterwardsDto {
  /** The current balance of the entry's user, after all recorded entries and all expiries until now. */
  @ApiProperty({ type: BalanceDto })
  balance: BalanceDto;

  /**
   * Ids of other deployments whose figures changed, because new credits settled their debts, or because a late entry
   * comes before them.
   */
  @ApiProperty({ type: [String], example: ['dep_79'] })
  changedDeployments: string[];
}

/** The balance after the entry, and the other deployments that it changed. */
export function afterwards({ entry, account, now, changedDeployments }: Recorded): AfterwardsDto {
  const balance = balanceAt(account, now);
  const isOther = (id: string): boolean => entry.type !== 'deployment' || id !== entry.id;
  return { balance: balanceDto(balance), changedDeployments: changedDeployments.filter(isOther) };
}

/** What an entry changes of a module's gross revenue. */
export class RevenueChangeDto {
  @ApiProperty({ type: 'string', example: 'mod_charts' })
  moduleId: string;

  /** The module's partner; null for the platform. */
  @ApiProperty({ type: 'string', nullable: true, example: 'partner_7' })
  partnerId: string | null;

  /** Added to the gross revenue of the module's deployments; negative if revenue is taken away. */
  @ApiProperty({ type: 'string', example: '-0.85' })
  grossRevenue: string;
}

/** The state before and after an entry was recorded. */
export class BeforeAndAfterDto extends AfterwardsDto {
  /** The balance right before the entry was recorded, after all expiries until then. */
  @ApiProperty({ type: BalanceDto })
  balanceBefore: BalanceDto;
}

/** The state before and after an entry was recorded, and the revenue that it changed. */
export class EffectsDto extends BeforeAndAfterDto {
  /** The modules whose gross revenue changed, by id. */
  @ApiProperty({ type: [RevenueChangeDto] })
  revenueChanges: RevenueChangeDto[];
}

/** The effects of an entry. A known entry changed nothing. */
export function effectsOf(recorded: Recorded): EffectsDto {
  const after = afterwards(recorded);
  const { effects } = recorded;
  return {
    ...after,
    balanceBefore: effects === null ? after.balance : balanceDto(effects.balanceBefore),
    revenueChanges: (effects?.revenueChanges ?? []).map(({ moduleId, partnerId, grossRevenue }) => ({
      moduleId,
      partnerId,
      grossRevenue: formatDecimal(grossRevenue),
    })),
  };
}

/** The figures and allocations of a recorded spend; decimals are text. */
interface PaymentFigures {
  readonly freeCredits: string;
  readonly purchasedCredits: string;
  readonly unpaidCredits: string;
  readonly refundedCredits: string;
  readonly pieces: AllocationDto[];
}

/** The current figures and allocations of the recorded spend. */
export function paymentOf({ account, entry }: Recorded): PaymentFigures {
  const spend = account.spends.get(spendKey(entry.type as SpendState['type'], entry.id));
  if (spend === undefined) throw new Error(`The allocations of ${entry.type} ${entry.id} are not loaded.`);
  const { freeCredits, purchasedCredits } = figuresOf(spend);
  return {
    freeCredits: formatDecimal(freeCredits),
    purchasedCredits: formatDecimal(purchasedCredits),
    unpaidCredits: formatDecimal(spend.unpaidCredits),
    refundedCredits: formatDecimal(spend.refundedCredits),
    pieces: allocationDtos(spend),
  };
}

function allocationDtos(spend: SpendState): AllocationDto[] {
  return spend.allocations
    .filter(({ credits }) => credits > 0n)
    .map(({ lot, credits, value }) => lotPartDto(lot, credits, value));
}

/** Older debts that the entry's credits settled, as of that time. */
export function settlementsOf(recorded: Recorded): SettlementDto[] {
  return settlementDtos(postingOf(recorded).settlements);
}

/** Converts allocations that paid spends. */
export function settlementDtos(payments: readonly Payment[]): SettlementDto[] {
  return payments.map(({ spend, allocation }) => ({
    type: spend.type,
    id: spend.id,
    ...lotPartDto(allocation.lot, allocation.takenCredits, allocation.takenValue),
  }));
}

/** Formats a number of credits or an amount; null stays null. */
export function decimalOrNull(decimal: Micros | null): string | null {
  return decimal === null ? null : formatDecimal(decimal);
}

/** Formats an instant; null stays null. */
export function instantOrNull(instant: Instant | null): string | null {
  return instant === null ? null : formatInstant(instant);
}

/** The posting of the recorded entry. */
export function postingOf({ entry, posting }: Recorded): Posting {
  if (posting === null) throw new Error(`The posting of ${entry.type} ${entry.id} is missing.`);
  return posting;
}

/** The recorded entry, which must have the type of its route. */
export function entryOf<Type extends EntryType>(
  { entry }: Recorded,
  type: Type,
): Extract<Entry, { type: Type }> {
  if (entry.type !== type) throw new Error(`A ${entry.type} was recorded instead of a ${type}.`);
  return entry as Extract<Entry, { type: Type }>;
}
