import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { statedSteps } from '../domain/index.js';
import { instantFromPostgres, violatedConstraint } from '../platform/database/index.js';
import { decodeCursor, pageOf, type Page, type PageRequestDto } from '../platform/paging/index.js';
import { Problem } from '../platform/problem/index.js';
import { VariableChangeEntity } from './persistence/variable-change.entity.js';
import { holdOffClosings } from './closed-months.js';
import { shareSet, stepTakenBack } from './share-edits.js';
import { timelineOf } from './share-value.js';
import { lockVariable, readVariable, readVariables, tagged, type TaggedVariable } from './stored-variable.js';
import type { VariableChangeResponseDto, VariableResponseDto } from './variable.dto.js';
import { TimeZones } from './time-zones.js';
import { writeEdit, type VariableEdit } from './variable-edit.js';
import { isVariableKey, VARIABLE_KEYS, type VariableKey } from './variable-key.js';
import { canonicalValue, VALUE_MESSAGES } from './variable-value.js';
import { VARIABLES_PROBLEMS } from './variables.problems.js';

/** A new value of a variable. */
export interface Setting {
  readonly key: VariableKey;
  /** In its canonical form. */
  readonly value: string;
  /** The day from which a share holds; absent: for everything that is open. */
  readonly effectiveFrom?: string;
}

/** A variable after a request to change it. */
export interface ChangedVariable extends TaggedVariable {
  /** Null: nothing changed. */
  readonly edit: VariableEdit | null;
}

/** A closing uses the values with which it began. */
const READ_BY_CLOSINGS: ReadonlySet<VariableKey> = new Set([
  'partnerRevenueShare',
  'timeZone',
  'minimumPayout',
]);

/** Reads and sets variables, for the routes. */
@Injectable()
export class VariableSettingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly timeZones: TimeZones,
  ) {}

  /** All variables, in the order of `VARIABLE_KEYS`. */
  async list(): Promise<VariableResponseDto[]> {
    const rows = await readVariables(this.dataSource.manager);
    return rows.map((row) => tagged(row).variable);
  }

  /** @throws Problem VARIABLES.NOT_FOUND */
  async get(key: string): Promise<TaggedVariable> {
    return tagged(await readVariable(known(key), this.dataSource.manager));
  }

  /**
   * Validates a new value of a variable.
   *
   * @returns the value in its canonical form, for `set`
   * @throws Problem VARIABLES.NOT_FOUND, VARIABLES.INVALID_VALUE
   */
  async judge(key: string, value: string, effectiveFrom?: string): Promise<Setting> {
    const variableKey = known(key);
    if (effectiveFrom !== undefined && variableKey !== 'partnerRevenueShare') {
      throw invalid('effectiveFrom', 'is only for partnerRevenueShare; other variables change at once');
    }
    const canonical = await canonicalValue(variableKey, value, this.timeZones);
    if (canonical === null) throw invalid('value', VALUE_MESSAGES[variableKey]);
    return { key: variableKey, value: canonical, effectiveFrom };
  }

  /**
   * Sets a variable. Setting the current value again changes nothing. The first value is recorded even if it equals the
   * default, because the first value that was set is in force from the beginning (docs/rules.md, `creditsPerUnit`).
   *
   * @param ifMatch the header If-Match: the version that the caller has read; undefined for any version
   * @param author the caller's id
   * @param manager of the transaction
   * @throws Problem VARIABLES.CURRENCY_IS_FROZEN, VARIABLES.CHANGED_MEANWHILE, STATEMENTS.MONTH_CLOSED, CLOSING_UNDER_WAY
   */
  async set(
    { key, value, effectiveFrom }: Setting,
    ifMatch: string | undefined,
    author: string,
    manager: EntityManager,
  ): Promise<ChangedVariable> {
    if (READ_BY_CLOSINGS.has(key)) await holdOffClosings(manager);
    const before = await lockVariable(key, ifMatch, manager);
    if (key === 'partnerRevenueShare') {
      return this.write(key, await shareSet(before, { value, effectiveFrom }, manager), author, manager);
    }
    const isSame = before.value === value && before.updatedBy !== null;
    const edit = { value, timeline: null, from: before.value, to: value, effective: null };
    try {
      return await this.write(key, isSame ? null : edit, author, manager);
    } catch (error) {
      if (violatedConstraint(error) !== 'variables_currency_is_frozen') throw error;
      throw new Problem(
        VARIABLES_PROBLEMS.CURRENCY_IS_FROZEN,
        'Credits were bought in the current currency, so `currency` can no longer be changed.',
        { cause: error },
      );
    }
  }

  /**
   * Takes back the step of the share that begins in a day of the variable `timeZone`.
   *
   * @param ifMatch as for `set`
   * @throws Problem VARIABLES.STEP_NOT_FOUND, VARIABLES.CHANGED_MEANWHILE, STATEMENTS.MONTH_CLOSED, CLOSING_UNDER_WAY
   */
  async takeBackStep(
    day: string,
    ifMatch: string | undefined,
    author: string,
    manager: EntityManager,
  ): Promise<TaggedVariable & { readonly edit: VariableEdit }> {
    await holdOffClosings(manager);
    const before = await lockVariable('partnerRevenueShare', ifMatch, manager);
    const edit = await stepTakenBack(before, day, manager);
    return { ...(await this.write('partnerRevenueShare', edit, author, manager)), edit };
  }

  /** Returns the changes of a variable, the latest first. @throws Problem VARIABLES.NOT_FOUND */
  async history(key: string, { limit, cursor }: PageRequestDto): Promise<Page<VariableChangeResponseDto>> {
    const variableKey = known(key);
    const list = ['variable history', variableKey];
    const [before] = cursor === undefined ? [] : decodeCursor(cursor, list, isSequencePosition);
    const rows = await this.dataSource.manager.find(VariableChangeEntity, {
      where: { key: variableKey, ...(before === undefined ? {} : { sequence: LessThan(before) }) },
      order: { sequence: 'DESC' },
      take: limit + 1,
    });
    const { data, page } = pageOf(rows, limit, list, ({ sequence }) => [sequence]);
    return {
      data: data.map(changeAnswer),
      page,
    };
  }

  private async write(
    key: VariableKey,
    edit: VariableEdit | null,
    author: string,
    manager: EntityManager,
  ): Promise<ChangedVariable> {
    if (edit !== null) await writeEdit(key, edit, author, manager);
    return { ...tagged(await readVariable(key, manager)), edit };
  }
}

function changeAnswer(change: VariableChangeEntity): VariableChangeResponseDto {
  const { key, changedBy, changedAt, fromValue, toValue, effectiveDay, effectiveAt, timeline } = change;
  const answer = { who: changedBy, when: instantFromPostgres(changedAt), from: fromValue, to: toValue };
  if (key !== 'partnerRevenueShare') return answer;
  return {
    ...answer,
    effectiveFrom: effectiveDay,
    effectiveAt: effectiveAt === null ? null : instantFromPostgres(effectiveAt),
    timeline: statedSteps(timelineOf(timeline ?? toValue)),
  };
}

function invalid(field: string, message: string): Problem {
  return new Problem(VARIABLES_PROBLEMS.INVALID_VALUE, `${field} ${message}.`, {
    errors: [{ field, message }],
  });
}

function known(key: string): VariableKey {
  if (isVariableKey(key)) return key;
  throw new Problem(
    VARIABLES_PROBLEMS.NOT_FOUND,
    `There is no such variable. The variables are ${VARIABLE_KEYS.join(', ')}.`,
  );
}

function isSequencePosition(position: readonly string[]): boolean {
  return position.length === 1 && position.every((key) => /^[1-9]\d{0,17}$/.test(key));
}
