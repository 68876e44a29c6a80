import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, LessThan, type EntityManager } from 'typeorm';
import { instantFromPostgres, violatedConstraint } from '../platform/database/index.js';
import { decodeCursor, pageOf, type Page, type PageRequestDto } from '../platform/paging/index.js';
import { Problem } from '../platform/problem/index.js';
import { VariableChangeEntity } from './persistence/variable-change.entity.js';
import { VariableEntity } from './persistence/variable.entity.js';
import type { VariableChangeResponseDto, VariableResponseDto } from './variable.dto.js';
import { TimeZones } from './time-zones.js';
import { isVariableKey, VARIABLE_KEYS, type VariableKey } from './variable-key.js';
import { canonicalValue, VALUE_MESSAGES, VARIABLE_DEFAULTS } from './variable-value.js';
import { VARIABLES_PROBLEMS } from './variables.problems.js';

/** A variable as answers contain it, and the ETag of this version. */
export interface TaggedVariable {
  readonly variable: VariableResponseDto;
  /** A strong ETag (RFC 9110, 8.8.3), with its quotes. */
  readonly etag: string;
}

/** A new value of a variable. */
export interface Setting {
  readonly key: VariableKey;
  /** In its canonical form. */
  readonly value: string;
}

/** Reads and sets variables, for the routes. */
@Injectable()
export class VariableSettingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly timeZones: TimeZones,
  ) {}

  /** All variables, in the order of `VARIABLE_KEYS`. */
  async list(): Promise<VariableResponseDto[]> {
    const rows = await this.dataSource.manager.find(VariableEntity);
    const byKey = new Map(rows.map((row) => [row.key, row]));
    return VARIABLE_KEYS.flatMap((key) => byKey.get(key) ?? []).map((row) => tagged(row).variable);
  }

  /** @throws Problem VARIABLES.NOT_FOUND */
  async get(key: string): Promise<TaggedVariable> {
    return tagged(await this.read(known(key), this.dataSource.manager));
  }

  /**
   * Validates a new value of a variable.
   *
   * @returns the value in its canonical form, for `set`
   * @throws Problem VARIABLES.NOT_FOUND, VARIABLES.INVALID_VALUE
   */
  async judge(key: string, value: string): Promise<Setting> {
    const variableKey = known(key);
    const canonical = await canonicalValue(variableKey, value, this.timeZones);
    if (canonical !== null) return { key: variableKey, value: canonical };
    throw new Problem(VARIABLES_PROBLEMS.INVALID_VALUE, `value ${VALUE_MESSAGES[variableKey]}.`, {
      errors: [{ field: 'value', message: VALUE_MESSAGES[variableKey] }],
    });
  }

  /**
   * Sets a variable. Setting the current value again changes nothing. The first value is recorded even if it equals the
   * default, because the first value that was set is in force from the beginning (docs/rules.md, `creditsPerUnit`).
   *
   * @param ifMatch the header If-Match: the version that the caller has read; undefined for any version
   * @param author the caller's id
   * @param manager of the transaction
   * @returns the variable, and the value that was in force before; null if nothing changed
   * @throws Problem VARIABLES.CURRENCY_IS_FROZEN, VARIABLES.CHANGED_MEANWHILE
   */
  async set(
    { key, value }: Setting,
    ifMatch: string | undefined,
    author: string,
    manager: EntityManager,
  ): Promise<TaggedVariable & { readonly replaced: string | null }> {
    try {
      const before = await this.read(key, manager, { mode: 'pessimistic_write' });
      assertSeen(before, ifMatch);
      if (before.value === value && before.updatedBy !== null) return { ...tagged(before), replaced: null };
      const after = await this.write(before, value, author, manager);
      return { ...tagged(after), replaced: before.value };
    } catch (error) {
      if (violatedConstraint(error) !== 'variables_currency_is_frozen') throw error;
      throw new Problem(
        VARIABLES_PROBLEMS.CURRENCY_IS_FROZEN,
        'Credits were bought in the current currency, so `currency` can no longer be changed.',
        { cause: error },
      );
    }
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
      data: data.map(({ changedBy, changedAt, fromValue, toValue }) => ({
        who: changedBy,
        when: instantFromPostgres(changedAt),
        from: fromValue,
        to: toValue,
      })),
      page,
    };
  }

  private async read(
    key: VariableKey,
    manager: EntityManager,
    lock?: { readonly mode: 'pessimistic_write' },
  ): Promise<VariableEntity> {
    const row = await manager.findOne(VariableEntity, { where: { key }, lock });
    if (row === null) throw new Error(`The variable ${key} has no row, although migrations insert one.`);
    return row;
  }

  /** Writes a time at least one microsecond after the previous change, even if the clock was set back. */
  private async write(
    before: VariableEntity,
    value: string,
    author: string,
    manager: EntityManager,
  ): Promise<VariableEntity> {
    await manager.query(
      `UPDATE variables SET value = $2, version = version + 1, updated_by = $3,
         updated_at = greatest(clock_timestamp(), updated_at + interval '1 microsecond')
       WHERE key = $1`,
      [before.key, value, author],
    );
    await manager.query(
      `INSERT INTO variable_changes (key, changed_at, changed_by, from_value, to_value)
       SELECT key, updated_at, updated_by, $2, value FROM variables WHERE key = $1`,
      [before.key, before.value],
    );
    return this.read(before.key, manager);
  }
}

function known(key: string): VariableKey {
  if (isVariableKey(key)) return key;
  throw new Problem(
    VARIABLES_PROBLEMS.NOT_FOUND,
    `There is no such variable. The variables are ${VARIABLE_KEYS.join(', ')}.`,
  );
}

/** RFC 9110, 13.1.1: one of the tags must equal the current one. The comparison is strong, so weak tags never match. */
function assertSeen(present: VariableEntity, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes(etagOf(present))) return;
  throw new Problem(
    VARIABLES_PROBLEMS.CHANGED_MEANWHILE,
    `${present.key} was changed after this ETag was read. Read the variable again, then set it with the new ETag.`,
  );
}

function tagged(row: VariableEntity): TaggedVariable {
  const { key, value, updatedBy } = row;
  const updatedAt = row.updatedAt === null ? null : instantFromPostgres(row.updatedAt);
  return {
    variable: { key, value, default: VARIABLE_DEFAULTS[key], updatedAt, updatedBy },
    etag: etagOf(row),
  };
}

function etagOf({ version }: Pick<VariableEntity, 'version'>): string {
  return `"${version}"`;
}

function isSequencePosition(position: readonly string[]): boolean {
  return position.length === 1 && position.every((key) => /^[1-9]\d{0,17}$/.test(key));
}
