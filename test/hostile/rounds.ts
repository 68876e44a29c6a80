/**
 * Returns how often a hostile test repeats its attack.
 *
 * @param few number of rounds in `npm test`
 * @param full number of rounds in `npm run test:hostile`
 */
export function rounds(few: number, full: number): number {
  return process.env.HOSTILE_ROUNDS === 'full' ? full : few;
}
