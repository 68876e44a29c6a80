export {
  formatDecimal,
  formatScaled,
  MICROS_SCALE,
  microsFromNumeric,
  parseDecimal,
  proportion,
  scaledFrom,
  type Micros,
} from './decimal.js';
export { formatInstant, isCalendarDate, parseInstant, type Instant } from './instant.js';
export { isRole, ROLES, type Role } from './role.js';
export { comparePlatformIds, isPlatformId, PLATFORM_ID } from './platform-id.js';
export {
  formatRevenue,
  formatRevenueShare,
  formatShareFactor,
  parseRevenueShare,
  platformRevenueOf,
  revenueFromNumeric,
  revenueOf,
  type Revenue,
  type RevenueShare,
} from './revenue-share.js';
export { scheduleShare, setShare, takeBackSteps, type ClosedUntil, type LocalDay } from './share/changes.js';
export {
  areSameSteps,
  shareAt,
  shareTimeline,
  statedSteps,
  stepAt,
  stepsWithin,
  storedSteps,
  timelineFromStored,
  type ShareStep,
  type ShareTimeline,
  type StatedStep,
  type StoredStep,
  type TimeSpan,
} from './share/timeline.js';
export { unitPrice } from './unit-price.js';
export {
  emptyAccount,
  lotKey,
  restoreAccount,
  spendKey,
  type Account,
  type Balance,
  type Lot,
  type LotPool,
  type Allocation,
  type Part,
  type SpendState,
} from './ledger/account.js';
export {
  isJudged,
  type Award,
  type Deployment,
  type Entry,
  type EntryType,
  type Pool,
  type Purchase,
  type PurchaseRefund,
  type PurchaseReversal,
  type Refund,
  type ReversalCause,
  type ReversalRelease,
  type JudgedEntry,
  type PaymentFacts,
  type Spend,
  type SpendCategory,
} from './ledger/entry.js';
export { availableCredits } from './ledger/affordability.js';
export { accountAt, applyEntry, foldEntries, HistoryError, letLapse, traceEntries } from './ledger/fold.js';
export {
  frozenAmount,
  frozenCreditCost,
  frozenPool,
  type CreditsPerUnitChange,
  type ModuleTerms,
} from './ledger/freeze.js';
export {
  figuresOf,
  moneyTotalsOf,
  moneyViolations,
  violationsOf,
  type MoneyTotals,
} from './ledger/invariants.js';
export {
  judgeAndFold,
  judgeNext,
  type NextJudged,
  type Refusal,
  type RefusalReason,
} from './ledger/judge.js';
export { compareEntries, type LedgerPosition } from './ledger/order.js';
export type { Lapse, LotReversal, Payment, Posting } from './ledger/posting.js';
export { creditsTaken } from './ledger/reversal.js';
export { adjustmentOf, type Adjustment } from './statements/adjustment.js';
export {
  balanceOf,
  isOpeningStated,
  STATEMENT_STATUSES,
  type PaymentTerms,
  type StatementBalance,
  type StatementStatus,
} from './statements/balance.js';
export { canonicalJson, type JsonObject, type JsonValue } from './statements/canonical-json.js';
export { grossChanges, type RecordedEntry } from './statements/causes.js';
export { firstDayOf, isMonth, monthAfter } from './statements/month.js';
export {
  minorUnitOf,
  /** @public for test/properties, which reaches it through a copy of the namespace */
  roundHalfEven,
} from './statements/rounding.js';
export { statementIdOf } from './statements/statement-id.js';
