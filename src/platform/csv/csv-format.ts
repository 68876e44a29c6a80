import type { Request, Response } from 'express';
import { JSON_TYPE } from '../http/route-formats.js';
import { Problem, type FieldError } from '../problem/index.js';
import { VALIDATION_PROBLEMS } from '../validation/index.js';
import type { CsvForm } from './csv-dialect.js';

export const CSV_TYPE = 'text/csv';

/** The formats of a list. */
export const FORMATS = ['json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** The parameters of a list that can be exported as a file. */
interface FormatQuery {
  readonly format?: Format;
  readonly csv?: CsvForm;
  readonly limit?: number;
  readonly cursor?: string;
}

/**
 * Whether the caller requests CSV: by `format`, by `csv` (the form of the file), or by the header `Accept`. A file
 * contains all rows, so it has no pages.
 *
 * @throws Problem 400 if CSV is requested with `limit` or `cursor`, or JSON with `csv`
 */
export function isCsvWanted(query: FormatQuery, request: Request, response: Response): boolean {
  response.vary('Accept');
  const accepted = request.accepts([JSON_TYPE, CSV_TYPE]) === CSV_TYPE ? 'csv' : 'json';
  const format = query.format ?? (query.csv === undefined ? accepted : 'csv');
  if (format === 'csv') assertUnpaged(query);
  else if (query.csv !== undefined) throw refusal(['csv'], 'is only for CSV, not for JSON');
  return format === 'csv';
}

function assertUnpaged({ limit, cursor }: FormatQuery): void {
  const given = Object.entries({ limit, cursor }).filter(([, value]) => value !== undefined);
  const names = given.map(([name]) => name);
  if (names.length > 0) throw refusal(names, 'is not for CSV, which contains all rows');
}

function refusal(names: readonly string[], message: string): Problem {
  const errors: FieldError[] = names.map((name) => ({ field: `query.${name}`, message }));
  return new Problem(VALIDATION_PROBLEMS.INVALID, `query.${names[0]} ${message}. Leave it out.`, { errors });
}
