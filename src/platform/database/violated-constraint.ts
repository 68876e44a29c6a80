import { QueryFailedError } from 'typeorm';

/**
 * The name of the constraint that a failed statement violated (PostgreSQL, "Error and Notice Message Fields"), so that
 * a feature can answer with a problem of its own; null where the error is no such thing.
 */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { constraint } = error.driverError as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : null;
}
