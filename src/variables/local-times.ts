import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { localInstantTextSql } from '../platform/database/index.js';
import type { TimeRangeRequest } from './time-ranges.js';

/** The time zone of all instants, which needs no second column. */
const UTC = 'UTC';

/** Instants in the local time of a zone, such as `2026-05-01T11:30:00+02:00`. */
export interface LocalTimes {
  /** IANA name. */
  readonly zone: string;
  /** @param instant one of the instants passed to `read`, in the form of docs/contract.md; null returns null */
  of(instant: string | null): string | null;
}

/** The zone of the request, in which a file shows instants in addition to UTC; null for UTC only. */
export function localZoneOf({ timeZone }: TimeRangeRequest): string | null {
  return timeZone === undefined || timeZone === UTC ? null : timeZone;
}

/** Converts instants to local times. Only PostgreSQL computes with time zones. */
@Injectable()
export class LocalClock {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Converts all instants in one statement.
   *
   * @param request a request that TimeRanges.check has accepted
   * @param instants in the form of docs/contract.md; they can repeat
   * @returns null if the request has no zone, or UTC
   */
  async read(
    request: TimeRangeRequest,
    instants: Iterable<string | null | undefined>,
  ): Promise<LocalTimes | null> {
    const zone = localZoneOf(request);
    if (zone === null) return null;
    const distinct = [...new Set(instants)].filter((instant) => typeof instant === 'string');
    const rows = await this.dataSource.query<{ utc: string; local: string }[]>(
      `SELECT utc, ${localInstantTextSql('utc::timestamptz', 'utc', '$2::text')} AS local
         FROM unnest($1::text[]) AS asked (utc)`,
      [distinct, zone],
    );
    const times = new Map(rows.map(({ utc, local }) => [utc, local]));
    return { zone, of: (instant) => (instant === null ? null : (times.get(instant) ?? null)) };
  }
}
