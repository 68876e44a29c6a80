import { formatDecimal, type Instant } from '../../domain/index.js';
import { MODULES, type DemoModule } from './catalogue.js';
import type { ImportRecord } from './journal.js';
import { makeCustomers, PARTNER_PEOPLE, STAFF, type DemoPerson } from './people.js';
import { Random } from './random.js';
import { DAY, Timeline } from './timeline.js';
import { Year } from './year.js';

/** One platform for everybody: what people talk about is the same on every machine. */
const SEED = 20_250_731;

/** The last UTC midnight at or before an instant: where the year of the demo ends. */
export function midnightBefore(at: Instant): Instant {
  return at - (at % DAY);
}

/**
 * The demo platform as import lines: a year of a few hundred customers, 8 partners and some 40 modules. The same
 * midnight gives the same lines, always.
 *
 * @param end where the year ends; a midnight, UTC
 */
export function demoPlatform(end: Instant): ImportRecord[] {
  const random = new Random(SEED);
  const customers = makeCustomers(random);
  return [
    ...[...STAFF, ...PARTNER_PEOPLE, ...customers].map(userRecord),
    ...MODULES.map(moduleRecord),
    ...new Year(new Timeline(end), customers, random).tell(),
  ];
}

function userRecord({ id, name, email, roles }: DemoPerson): ImportRecord {
  return { type: 'user', id, name, email, roles };
}

function moduleRecord(module: DemoModule): ImportRecord {
  const { id, name, partnerId, creditCost, requiresPurchasedCredits, untilDay } = module;
  return {
    type: 'module',
    id,
    name,
    partnerId,
    creditCost: formatDecimal(creditCost),
    requiresPurchasedCredits,
    archived: untilDay !== null,
  };
}
