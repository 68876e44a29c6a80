import { QueryFailedError } from 'typeorm';

/**
 * The name of the constraint that a failed statement violated (PostgreSQL, "Error and Notice Message Fields"), so that
 * a feature can answer with its own problem; null if the error is another one.
 */
export function violatedConstraint(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { constraint } = error.driverError as { constraint?: unknown };
  return typeof constraint === 'string' ? constraint : null;
}
