/** The id of user n's award (docs/contract.md): n counts the batch's users from 1. */
export function awardIdOf(batchId: string, n: number): string {
  return `${batchId}:${n}`;
}
