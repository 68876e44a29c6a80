/**
 * Number of places of a currency's amounts (ISO 4217). The browser's own list is not used, because it follows everyday
 * use, in which `IQD` has none.
 */

const USUAL_PLACES = 2;
const WITHOUT_PLACES = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const WITH_THREE_PLACES = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** @param currency a code of ISO 4217 */
export function placesOfCurrency(currency: string): number {
  if (WITHOUT_PLACES.has(currency)) return 0;
  return WITH_THREE_PLACES.has(currency) ? 3 : USUAL_PLACES;
}
