/**
 * The codes of ISO 4217 (List One, 2025) in which a purchase can be paid, without funds, metals, test codes and "no
 * currency". The service has its own list, because that of the JavaScript runtime differs between versions.
 */
const CURRENCIES: ReadonlySet<string> = new Set(
  `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
   COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
   IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
   MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
   SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
   XCG XOF XPF YER ZAR ZMW ZWG`.split(/\s+/),
);

/** Whether the text is the code of a currency, in capitals. */
export function isCurrency(code: string): boolean {
  return CURRENCIES.has(code);
}

const USUAL_PLACES = 2;

/**
 * Currencies whose smallest unit does not have two places (ISO 4217). The service has its own list, because that of the
 * JavaScript runtime follows everyday use, in which `IQD` has no places.
 */
const OTHER_PLACES: ReadonlyMap<string, number> = new Map([
  ...'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'
    .split(' ')
    .map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
]);

/** The number of places of a currency's smallest unit, 0, 2 or 3. */
export function currencyPlaces(currency: string): number {
  return OTHER_PLACES.get(currency) ?? USUAL_PLACES;
}

/**
 * Formats an amount for users, with all its digits and at least the places of its currency. Answers and files contain
 * the canonical decimal.
 *
 * @param amount a canonical decimal
 * @param currency a code of ISO 4217
 */
export function moneyText(amount: string, currency: string): string {
  const places = currencyPlaces(currency);
  const [whole = '', fraction = ''] = amount.split('.');
  const digits = fraction.padEnd(places, '0');
  return digits === '' ? whole : `${whole}.${digits}`;
}
