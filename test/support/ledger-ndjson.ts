import {
  frozenAmount,
  frozenCreditCost,
  frozenPool,
  isJudged,
  parseInstant,
  type Entry,
  type Instant,
  type Micros,
  type ModuleTerms,
  type Pool,
  type ReversalCause,
  type JudgedEntry,
  type SpendCategory,
} from '../../src/domain/index.js';
import { micros } from './ledger-builders.js';

/** A module as an import line states it. */
export interface ModuleLine {
  readonly id: string;
  readonly name: string;
  readonly partnerId: string | null;
  readonly terms: ModuleTerms;
}

/** The content of one import file of a scenario. */
export interface ImportFile {
  readonly modules: readonly ModuleLine[];
  /** Awards, purchases, deployments and spends, with their users. */
  readonly facts: readonly { readonly userId: string; readonly entry: Entry }[];
  /** Refunds, purchaseRefunds, reversals and releases; they belong to the user of their target. */
  readonly candidates: readonly JudgedEntry[];
}

type Line = Readonly<Record<string, string>> & { readonly requiresPurchasedCredits?: boolean };

/** No scenario sets `creditsPerUnit`, so its default of 10 applies. */
const DEFAULT_CREDITS_PER_UNIT = micros('10');

/**
 * Reads an import file (docs/contract.md, `POST /api/imports`) as far as scenarios need it, and freezes the values that
 * its entries copy from elsewhere.
 *
 * @param known modules of earlier files
 */
export function readImportFile(text: string, known: ReadonlyMap<string, ModuleLine>): ImportFile {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  const modules = lines.filter((line) => line.type === 'module').map(readModule);
  const all = new Map([...known, ...modules.map((module) => [module.id, module] as const)]);
  const entries = lines
    .filter((line) => line.type !== 'user' && line.type !== 'module')
    .map((line) => ({ userId: line.userId ?? '', entry: readEntry(line, all) }));
  return {
    modules,
    facts: entries.filter(({ entry }) => !isJudged(entry)),
    candidates: entries.map(({ entry }) => entry).filter(isJudged),
  };
}

function readModule(line: Line): ModuleLine {
  const partnerId = line.partnerId ?? null;
  return {
    id: stated(line.id),
    name: stated(line.name),
    partnerId,
    terms: {
      creditCost: micros(stated(line.creditCost)),
      partnerId,
      requiresPurchasedCredits: line.requiresPurchasedCredits ?? false,
    },
  };
}

function readEntry(line: Line, modules: ReadonlyMap<string, ModuleLine>): Entry {
  const occurredAt = instant(stated(line.occurredAt ?? line.createdAt));
  const id = stated(line.externalId ?? line.id);
  switch (stated(line.type)) {
    case 'award':
      return {
        type: 'award',
        id,
        credits: micros(stated(line.credits)),
        occurredAt,
        expiresAt: expiry(line),
      };
    case 'purchase': {
      const credits = micros(stated(line.credits));
      const amount = frozenAmount(optional(line.amount), credits, occurredAt, [], DEFAULT_CREDITS_PER_UNIT);
      return { type: 'purchase', id, credits, amount, occurredAt, expiresAt: expiry(line) };
    }
    case 'deployment': {
      const module = modules.get(stated(line.moduleId));
      if (module === undefined) throw new Error(`no module ${line.moduleId}`);
      const credits = frozenCreditCost(optional(line.creditCost), module.terms, stated(line.userId));
      const pool = frozenPool(module.terms);
      return { type: 'deployment', id, credits, pool, moduleId: module.id, occurredAt };
    }
    case 'spend': {
      const [pool, category] = [(line.pool ?? 'any') as Pool, line.category as SpendCategory];
      return { type: 'spend', id, credits: micros(stated(line.credits)), pool, category, occurredAt };
    }
    case 'refund':
      return {
        type: 'refund',
        id,
        deploymentId: stated(line.deploymentId),
        credits: optional(line.credits),
        occurredAt,
      };
    case 'purchaseRefund':
      return {
        type: 'purchaseRefund',
        id,
        purchaseId: stated(line.purchaseExternalId),
        credits: optional(line.credits),
        occurredAt,
      };
    case 'purchaseReversal':
      return {
        type: 'purchaseReversal',
        id,
        purchaseId: stated(line.purchaseExternalId),
        credits: optional(line.credits),
        cause: (line.reason ?? null) as ReversalCause | null,
        occurredAt,
      };
    case 'reversalRelease':
      return { type: 'reversalRelease', id, reversalId: stated(line.reversalExternalId), occurredAt };
    default:
      throw new Error(`no entry type: ${line.type}`);
  }
}

function expiry(line: Line): Instant | null {
  return line.expiresAt === undefined ? null : instant(line.expiresAt);
}

function optional(text: string | undefined): Micros | null {
  return text === undefined ? null : micros(text);
}

function instant(text: string): Instant {
  const read = parseInstant(text);
  if (read === null) throw new Error(`"${text}" is no instant`);
  return read;
}

function stated(text: string | undefined): string {
  if (text === undefined) throw new Error('a field is missing');
  return text;
}
