import { formatDecimal, type Instant } from '../../domain/index.js';
import { MODULES, type DemoModule } from './catalogue.js';
import type { ImportRecord } from './journal.js';
import { makeCustomers, PARTNER_PEOPLE, STAFF, type DemoPerson } from './people.js';
import { Random } from './random.js';
import { DAY, Timeline } from './timeline.js';
import { Year } from './year.js';

/** The same seed everywhere, so that people on different machines see the same platform. */
const SEED = 20_250_731;

/** The last UTC midnight at or before an instant: the end of the demo's year. */
export function midnightBefore(at: Instant): Instant {
  return at - (at % DAY);
}

/**
 * The demo platform as import lines: a year of a few hundred customers, 8 partners and about 40 modules. The same
 * midnight always gives the same lines.
 *
 * @param end end of the year: a midnight in UTC
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
