import type { Request, Response } from 'express';
import { JSON_TYPE } from '../http/route-formats.js';
import { Problem, type FieldError } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';

export const CSV_TYPE = 'text/csv';

/** What a list can be answered as. */
export const FORMATS = ['json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** The parameters of a list that can be a file. */
interface FormatQuery {
  readonly format?: Format;
  readonly limit?: number;
  readonly cursor?: string;
}

/**
 * Whether a list is asked for as CSV: by `format`, or else by the header `Accept`. A file has all rows, so it is not
 * asked for in parts.
 *
 * @throws Problem 400 where CSV is asked for with `limit` or `cursor`
 */
export function isCsvWanted(query: FormatQuery, request: Request, response: Response): boolean {
  response.vary('Accept');
  const format = query.format ?? (request.accepts([JSON_TYPE, CSV_TYPE]) === CSV_TYPE ? 'csv' : 'json');
  if (format === 'csv') assertUnpaged(query);
  return format === 'csv';
}

function assertUnpaged({ limit, cursor }: FormatQuery): void {
  const message = 'is not for CSV, which has all rows';
  const errors: FieldError[] = Object.entries({ limit, cursor })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({ field: `query.${name}`, message }));
  const [first] = errors;
  if (first !== undefined) {
    throw new Problem(VALIDATION_PROBLEMS.INVALID, `${first.field} ${message}; leave it out.`, { errors });
  }
}
