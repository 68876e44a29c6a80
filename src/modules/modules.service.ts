import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository, type EntityManager, type SelectQueryBuilder } from 'typeorm';
import { hasAnyRole, type Caller } from '../auth/index.js';
import {
  formatDecimal,
  isPlatformId,
  microsFromNumeric,
  parseDecimal,
  type Micros,
} from '../domain/index.js';
import { decodeCursor, pageOf, type Page } from '../platform/paging/index.js';
import { Problem } from '../platform/problem/index.js';
import type { RecordOutcome } from '../platform/recording/index.js';
import type {
  CreateModuleRequestDto,
  EditModuleRequestDto,
  ModuleListRequestDto,
  ModuleResponseDto,
} from './module.dto.js';
import { modulesWritableBy, refusalToSetPartner } from './module-record.js';
import { ModuleRecorder } from './module-recorder.js';
import { MODULES_PROBLEMS } from './modules.problems.js';
import { ModuleEntity } from './persistence/module.entity.js';

/** Reads and writes the catalogue for callers, and decides what each caller can read and change. */
@Injectable()
export class ModulesService {
  constructor(
    @InjectRepository(ModuleEntity) private readonly modules: Repository<ModuleEntity>,
    private readonly recorder: ModuleRecorder,
  ) {}

  /** Returns modules in the bytewise order of their ids. */
  async list(
    { limit, cursor, ...filter }: ModuleListRequestDto,
    caller: Caller,
  ): Promise<Page<ModuleResponseDto>> {
    const list = ['modules', filter.mine, filter.q, filter.archived, filter.mine ? caller.partnerId : null];
    const [after] = cursor === undefined ? [] : decodeCursor(cursor, list, isIdPosition);
    const query = matching(this.modules.createQueryBuilder('module'), filter, caller);
    if (after !== undefined) query.andWhere('module.id > :after', { after });
    const rows = await query
      .orderBy('module.id')
      .limit(limit + 1)
      .getMany();
    const views = rows.map((module) => viewFor(caller, module));
    return pageOf(views, limit, list, ({ id }) => [id]);
  }

  /** @throws Problem MODULES.NOT_FOUND */
  async get(id: string, caller: Caller): Promise<ModuleResponseDto> {
    return viewFor(caller, await this.find(id, this.modules.manager));
  }

  /**
   * Publishes a module. A repeated request changes nothing.
   *
   * @param manager of the transaction
   * @returns the module, and whether it is new
   * @throws Problem if the caller cannot publish it, if partnerId is not a partner, or if the id has other content
   */
  async create(
    { creditCost, ...described }: CreateModuleRequestDto,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ module: ModuleResponseDto; isNew: boolean }> {
    const record = {
      ...described,
      creditCost: microsOf(creditCost),
      partnerId: described.partnerId === undefined ? (caller.earnsAs ?? undefined) : described.partnerId,
    };
    const writable = modulesWritableBy(caller);
    const denial = refusalToSetPartner(record, writable);
    const [outcome] = denial
      ? [denial]
      : await this.recorder.recordMany([record], { update: false, writable }, manager);
    assertNotRefused(outcome);
    const module = await this.find(record.id, manager);
    return { module: viewFor(caller, module), isNew: outcome.outcome === 'added' };
  }

  /**
   * Changes a module.
   *
   * @param manager of the transaction
   * @returns the module, and whether it changed
   * @throws Problem if there is no such module, or if the caller cannot change it
   */
  async edit(
    id: string,
    { creditCost, ...changes }: EditModuleRequestDto,
    caller: Caller,
    manager: EntityManager,
  ): Promise<{ module: ModuleResponseDto; isChanged: boolean }> {
    const cost = creditCost === undefined ? {} : { creditCost: microsOf(creditCost) };
    const writable = modulesWritableBy(caller);
    const outcome = await this.recorder.edit(id, { ...changes, ...cost }, writable, manager);
    assertNotRefused(outcome);
    const module = viewFor(caller, await this.find(id, manager));
    return { module, isChanged: outcome.outcome === 'changed' };
  }

  private async find(id: string, manager: EntityManager): Promise<ModuleEntity> {
    const module = await manager.findOne(ModuleEntity, { where: { id } });
    if (!module) throw new Problem(MODULES_PROBLEMS.NOT_FOUND, `There is no module ${id}.`);
    return module;
  }
}

/** Characters after which a word can begin; a quote or bracket before a word does not hide it. */
const SEPARATORS = '"\'`()[]{}<>-_/.,:;!?&+*#@|\u2013\u2014\u201c\u201d\u201e\u2018\u2019\u00ab\u00bb';
const spaced = (text: string): string =>
  `translate(${text}, '${SEPARATORS.replaceAll("'", "''")}', '${' '.repeat(SEPARATORS.length)}')`;

/**
 * Finds modules by the first letters of the id or of a word of the name (docs/contract.md). The text is compared as it
 * is, which finds `"smart"` by its quote, and without separators. Not LIKE, because % and _ would be wildcards.
 */
const IS_FOUND = `(
  starts_with(lower(module.id), search_text(:q))
  OR position(' ' || search_text(:q) IN ' ' || module.searchName) > 0
  OR (left(${spaced('search_text(:q)')}, 1) <> ' '
    AND position(' ' || ${spaced('search_text(:q)')} IN ' ' || ${spaced('module.searchName')}) > 0)
)`;

type Filter = Omit<ModuleListRequestDto, 'limit' | 'cursor'>;

function matching(
  query: SelectQueryBuilder<ModuleEntity>,
  { mine, q, archived }: Filter,
  caller: Caller,
): SelectQueryBuilder<ModuleEntity> {
  // No partner_id equals null, so a caller who is not a partner gets an empty list.
  if (mine) query.andWhere('module.partnerId = :partnerId', { partnerId: caller.partnerId });
  if (archived !== undefined) query.andWhere('module.archived = :archived', { archived });
  if (q !== undefined) query.andWhere(IS_FOUND, { q });
  return query;
}

function viewFor(caller: Caller, module: ModuleEntity): ModuleResponseDto {
  const { id, name, partnerId, requiresPurchasedCredits, archived } = module;
  const isOwn = partnerId !== null && partnerId === caller.partnerId;
  const seesPartner = isOwn || hasAnyRole(caller, 'finance', 'admin', 'platform');
  return {
    id,
    name,
    ...(seesPartner ? { partnerId } : {}),
    creditCost: formatDecimal(microsFromNumeric(module.creditCost)),
    requiresPurchasedCredits,
    archived,
  };
}

function assertNotRefused(outcome: RecordOutcome | undefined): asserts outcome is RecordOutcome {
  if (outcome?.outcome === 'refused') throw new Problem(outcome.kind, outcome.reason);
}

function isIdPosition(position: readonly string[]): boolean {
  return position.length === 1 && position.every(isPlatformId);
}

/** The value of a decimal that its DTO has validated. */
function microsOf(decimal: string): Micros {
  return parseDecimal(decimal) as Micros;
}
