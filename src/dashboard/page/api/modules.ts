/** The page's requests about modules. */

import { answerOf, api, type Schemas } from './client.js';
import { guardedChange, type Change } from './guarded-change.js';
import {
  countCustomers,
  readReport,
  readSummary,
  type Group,
  type Report,
  type Row,
  type Summary,
} from './revenue.js';

export type Module = Schemas['Module'];
export type ModuleList = Schemas['ModuleList'];
export type NewModule = Schemas['CreateModule'];
/** The fields of a module that people change. */
export type ModuleFields = Pick<Module, 'name' | 'creditCost' | 'requiresPurchasedCredits' | 'archived'>;
export type { Group, Row };

export interface ModulesQuery {
  readonly q?: string;
  readonly mine?: boolean;
  readonly archived?: boolean;
  readonly cursor?: string;
}

export function readModules(query: ModulesQuery, signal?: AbortSignal): Promise<ModuleList> {
  return answerOf(api.GET('/api/modules', { params: { query }, signal }));
}

export function readModule(id: string, signal?: AbortSignal): Promise<Module> {
  return answerOf(api.GET('/api/modules/{id}', { params: { path: { id } }, signal }));
}

export function publishModule(
  body: NewModule,
  headers: Readonly<Record<'Idempotency-Key', string>>,
  signal: AbortSignal,
): Promise<Module> {
  return answerOf(api.POST('/api/modules', { body, headers, signal }));
}

/** Changes fields of a module, unless somebody else changed one of them meanwhile. */
export function changeModule(
  seen: Module,
  wanted: Partial<ModuleFields>,
  signal: AbortSignal,
): Promise<Change<Module>> {
  const path = { id: seen.id };
  return guardedChange<Module>(
    { seen, wanted },
    () => readModule(seen.id, signal),
    () => answerOf(api.PATCH('/api/modules/{id}', { params: { path }, body: wanted, signal })),
  );
}

export interface Days {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly timeZone: string;
}

/** The figures of modules in a range: those without deployments are left out. */
export function readModuleFigures(
  moduleIds: readonly string[],
  days: Days,
  signal: AbortSignal,
): Promise<Summary> {
  return readSummary({ ...days, moduleId: [...moduleIds], includeFree: true }, 'module', signal);
}

export function readModuleMonths(moduleId: string, days: Days, signal: AbortSignal): Promise<Summary> {
  return readSummary({ ...days, moduleId: [moduleId], includeFree: true }, 'month', signal);
}

/** How many customers deployed a module, with and without revenue. */
export function countModuleCustomers(moduleId: string, days: Days, signal: AbortSignal): Promise<number> {
  return countCustomers({ ...days, moduleId: [moduleId], includeFree: true }, signal);
}

/** The latest deployments of a module, with and without revenue. */
export function readLatestDeployments(moduleId: string, rows: number, signal: AbortSignal): Promise<Report> {
  const order = { sort: 'createdAt', order: 'desc' } as const;
  return readReport({ moduleId: [moduleId], includeFree: true, ...order, limit: rows }, signal);
}
