#!/usr/bin/env node
// Turns the export of an old platform into import lines; see docs/migration.md. It needs Node and nothing else.
//
//   node convert-export.mjs FOLDER > lines.ndjson              what happened, for the import
//   node convert-export.mjs FOLDER --balances > balances.csv   what users have there, for `reconcile`
//
// FOLDER holds users.ndjson, modules.ndjson, deployments.ndjson and creditTransactions.ndjson, one document a line,
// and openingBalances.ndjson where the history is not complete. What a document says that no line can say goes to
// standard error, and the exit code is 1. Field names are read in the functions under "The mapping": change them there.
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const [folder, option] = process.argv.slice(2);
if (folder === undefined || (option !== undefined && option !== '--balances')) {
  process.stderr.write('Usage: node convert-export.mjs FOLDER [--balances]\n');
  process.exit(2);
}
let refused = 0;

// ---- The mapping -----------------------------------------------------------------------------------------------

const ROLES = { CUSTOMER: ['user'], PARTNER: ['user', 'partner'], FINANCE: ['finance'], ADMIN: ['admin'] };
const CATEGORIES = { PROJECT: 'project', BUILD: 'build' };
const POOLS = { FREE: 'free', PURCHASED: 'purchased' };

function userLine(user) {
  return {
    type: 'user',
    id: idOf(user._id),
    email: user.email,
    name: user.name,
    roles: ROLES[user.role] ?? [],
  };
}

function moduleLine(module) {
  return {
    type: 'module',
    id: idOf(module._id),
    name: module.name,
    partnerId: module.ownerId == null ? null : idOf(module.ownerId),
    creditCost: decimal(micros(module.price)),
    requiresPurchasedCredits: module.purchasedCreditsOnly,
    archived: module.deleted,
  };
}

/** @param cost what its SPENDs took, in millionths: the price of then, not the module's price of today */
function deploymentLine(deployment, cost) {
  return {
    type: 'deployment',
    id: idOf(deployment._id),
    userId: idOf(deployment.userId),
    moduleId: idOf(deployment.moduleId),
    creditCost: decimal(cost),
    createdAt: instant(deployment.createdAt),
  };
}

/** The line of a transaction; null where it says nothing that another line does not say. */
function transactionLine(transaction, isBeforeOpening) {
  const amount = micros(transaction.amount);
  if (amount === 0n) return null;
  const common = {
    externalId: idOf(transaction._id),
    userId: idOf(transaction.userId),
    credits: decimal(amount < 0n ? -amount : amount),
    occurredAt: instant(transaction.createdAt),
  };
  const expiresAt = transaction.expiresAt == null ? undefined : instant(transaction.expiresAt);
  const award = { type: 'award', ...common, expiresAt, reason: transaction.note };
  const purchase = { type: 'purchase', ...common, expiresAt };
  const adjustment = (pool) => ({ type: 'spend', ...common, category: 'adjustment', pool });
  const pool = POOLS[transaction.pool];
  switch (transaction.type) {
    case 'AWARD':
    case 'SIGNUP':
      return amount > 0n ? award : adjustment(pool ?? 'free');
    case 'PURCHASE': {
      if (amount > 0n)
        return { ...purchase, amount: optional(transaction.price, (price) => decimal(micros(price))) };
      if (transaction.purchaseId == null || isBeforeOpening(transaction.purchaseId))
        return adjustment('purchased');
      const { userId: _, ...refund } = common;
      return { type: 'purchaseRefund', ...refund, purchaseExternalId: idOf(transaction.purchaseId) };
    }
    case 'SPEND': {
      const isOfDeployment = transaction.deploymentId != null;
      if (amount < 0n && isOfDeployment) return null; // the deployment's own line says it
      if (amount < 0n) {
        return { type: 'spend', ...common, category: CATEGORIES[transaction.purpose] ?? 'adjustment', pool };
      }
      if (!isOfDeployment || isBeforeOpening(transaction.deploymentId))
        return pool === 'purchased' ? purchase : award;
      const { userId: _, ...refund } = common;
      return {
        type: 'refund',
        ...refund,
        deploymentId: idOf(transaction.deploymentId),
        reason: transaction.note,
      };
    }
    default:
      throw new Error(`no line is known for the type ${transaction.type}`);
  }
}

/** What a user had when the history begins: one free and one purchased lot. */
function openingLines({ userId, free, purchased, paid, at }) {
  const common = { externalId: `opening:${idOf(userId)}`, userId: idOf(userId), occurredAt: instant(at) };
  const [freeCredits, purchasedCredits] = [micros(free), micros(purchased)];
  const amount = optional(paid, (money) => decimal(micros(money)));
  return [
    ...(freeCredits > 0n
      ? [{ type: 'award', ...common, credits: decimal(freeCredits), reason: 'Opening balance' }]
      : []),
    ...(purchasedCredits > 0n
      ? [{ type: 'purchase', ...common, credits: decimal(purchasedCredits), amount }]
      : []),
  ];
}

function balanceRow(user) {
  return [
    idOf(user._id),
    decimal(micros(user.freeCredits ?? 0)),
    decimal(micros(user.purchasedCredits ?? 0)),
  ];
}

// ---- What goes out ---------------------------------------------------------------------------------------------

async function* balances() {
  yield 'userId,free,purchased\n';
  yield* each('users', (user) => [`${balanceRow(user).join(',')}\n`]);
}

async function* lines() {
  const openedAt = new Map();
  yield* each('openingBalances', (opening) => {
    openedAt.set(idOf(opening.userId), instant(opening.at));
    return openingLines(opening).map(json);
  });
  const isInOpening = ({ userId, createdAt }) => instant(createdAt) <= (openedAt.get(idOf(userId)) ?? '');

  const known = new Set();
  yield* each('users', (user) => {
    known.add(idOf(user._id));
    return [json(userLine(user))];
  });
  yield* each('modules', (module) => [json(moduleLine(module))]);

  /** People whom the old platform has deleted bought credits and deployed modules all the same. */
  const deleted = (userId) => {
    if (known.has(userId)) return [];
    known.add(userId);
    return [json({ type: 'user', id: userId, roles: [] })];
  };

  const costs = new Map();
  const before = new Set();
  const note = (transaction) => {
    const amount = micros(transaction.amount);
    if (isInOpening(transaction)) before.add(idOf(transaction._id));
    if (transaction.type !== 'SPEND' || amount > 0n || transaction.deploymentId == null) return [];
    const id = idOf(transaction.deploymentId);
    costs.set(id, (costs.get(id) ?? 0n) - amount);
    return [];
  };
  // What is wrong with one is said when its own line is made.
  for await (const nothing of each('creditTransactions', note, () => {})) yield nothing;

  yield* each('deployments', (deployment) => {
    const id = idOf(deployment._id);
    const cost = costs.get(id) ?? 0n;
    costs.delete(id);
    if (!isInOpening(deployment)) {
      return [...deleted(idOf(deployment.userId)), json(deploymentLine(deployment, cost))];
    }
    before.add(id);
    return [];
  });
  yield* each('creditTransactions', (transaction) => {
    if (isInOpening(transaction)) return [];
    const { deploymentId } = transaction;
    if (transaction.type === 'SPEND' && deploymentId != null && costs.has(idOf(deploymentId))) {
      throw new Error(`it paid for deployment ${idOf(deploymentId)}, which is not in deployments.ndjson`);
    }
    const line = transactionLine(transaction, (id) => before.has(idOf(id)));
    return line === null ? [] : [...deleted(idOf(transaction.userId)), json(line)];
  });
}

// ---- Documents and their values ---------------------------------------------------------------------------------

function leaveOut(complaint) {
  refused += 1;
  process.stderr.write(`${complaint}\n`);
}

/** What each document of a collection gives; what nothing can be made of is left out, and said. */
async function* each(collection, give, complain = leaveOut) {
  const file = join(folder, `${collection}.ndjson`);
  if (collection === 'openingBalances' && !existsSync(file)) return;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    let given = [];
    try {
      given = give(JSON.parse(text));
    } catch (error) {
      complain(`${collection}.ndjson line ${number}: ${error.message}`);
    }
    yield* given;
  }
}

function json(line) {
  return `${JSON.stringify(line)}\n`;
}

function optional(value, read) {
  return value == null ? undefined : read(value);
}

/** An id, plain or as an exported ObjectId. */
function idOf(value) {
  const id = value?.$oid ?? value;
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error(`${JSON.stringify(value)} is no id`);
  return String(id);
}

/** Millionths, exact for decimals; a binary fraction such as 0.30000000000000004 is the decimal that was meant: 0.3. */
function micros(value) {
  const plain =
    value?.$numberDecimal ?? value?.$numberLong ?? value?.$numberInt ?? value?.$numberDouble ?? value;
  const text = typeof plain === 'number' ? plain.toFixed(6) : String(plain);
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,6})0*)?$/.exec(text);
  if (match === null)
    throw new Error(`${JSON.stringify(value)} is no decimal of up to 12 digits and 6 places`);
  const size = BigInt(match[2] + (match[3] ?? '').padEnd(6, '0'));
  return match[1] === '-' ? -size : size;
}

function decimal(size) {
  if (size < 0n) throw new Error(`a negative number of credits (-${decimal(-size)}) has no place here`);
  const digits = size.toString().padStart(7, '0');
  return `${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '');
}

/** ISO 8601 in UTC, from a text with an offset, milliseconds, or an exported date. */
function instant(value) {
  const plain = value?.$date?.$numberLong ?? value?.$date ?? value;
  const date = new Date(/^-?\d+$/.test(String(plain)) ? Number(plain) : plain);
  if (plain == null || Number.isNaN(date.getTime())) throw new Error(`${JSON.stringify(value)} is no time`);
  return date.toISOString();
}

await pipeline(Readable.from(option === undefined ? lines() : balances()), process.stdout);
if (refused > 0) {
  process.stderr.write(`${refused} documents were left out.\n`);
  process.exitCode = 1;
}
