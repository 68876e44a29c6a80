import type { Role } from '../../auth/index.js';
import { PARTNERS, SHOWN_PARTNER_ID } from './catalogue.js';
import { AWKWARD_NAMES, NAME_STOCKS, type NameStock } from './names.js';
import type { BuyerKind } from './price-list.js';
import { popularityOf, type Random } from './random.js';
import { DAYS } from './timeline.js';

/** A user of the demo platform. */
export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** A user who deploys modules. */
export interface DemoCustomer extends DemoPerson {
  /** The day of signing up; 0 for users who signed up before the year. */
  readonly fromDay: number;
  readonly buys: BuyerKind;
  /** Weight of the customer when a deployment is drawn. */
  readonly activity: number;
}

const CUSTOMERS = 320;
/** Customers who signed up before the year. */
const FIRST_CUSTOMERS = 70;

/** Finance and administration. */
export const STAFF: readonly DemoPerson[] = [
  { id: 'freja', name: 'Freja Lind', email: 'finance@demo.example', roles: ['finance'] },
  { id: 'amir', name: 'Amir عامر', email: 'admin@demo.example', roles: ['admin'] },
];

/** The partners as users. */
export const PARTNER_PEOPLE: readonly DemoPerson[] = PARTNERS.map((partner) => ({
  ...partner,
  roles: ['partner'],
}));

/** A busy customer from the first day on. */
const SHOWN_CUSTOMER: DemoPerson = {
  id: 'u-0004',
  name: 'Maya Okafor',
  email: 'user@demo.example',
  roles: ['user'],
};
const SHOWN_CUSTOMER_RANK = 3;

/** The users that the demo prints a sign-in for: one for each role. */
export const SHOWN_PEOPLE: readonly DemoPerson[] = [
  ...PARTNER_PEOPLE.filter(({ id }) => id === SHOWN_PARTNER_ID),
  ...STAFF,
  SHOWN_CUSTOMER,
];

/** The customers, in the order in which they signed up. */
export function makeCustomers(random: Random): DemoCustomer[] {
  const signUpDays = Array.from({ length: CUSTOMERS }, (_, index) =>
    index < FIRST_CUSTOMERS ? 0 : random.integer(0, DAYS - 8),
  ).sort((left, right) => left - right);
  const ranks = shuffled(CUSTOMERS, random);
  const emails = new Set<string>();
  return signUpDays.map((fromDay, index): DemoCustomer => {
    const id = `u-${String(index + 1).padStart(4, '0')}`;
    const isShown = id === SHOWN_CUSTOMER.id;
    const rank = isShown ? SHOWN_CUSTOMER_RANK : (ranks[index] as number);
    const person = isShown
      ? SHOWN_CUSTOMER
      : { id, roles: ['user' as const], ...naming(index, emails, random) };
    return { ...person, fromDay, buys: buyerKind(rank, random), activity: popularityOf(rank) };
  });
}

/** Every 27th customer has an awkward name. The others rotate through the regions, with a third from the first one. */
function naming(index: number, emails: Set<string>, random: Random): { name: string; email: string } {
  const awkward = index % 27 === 13 ? AWKWARD_NAMES[Math.floor(index / 27)] : undefined;
  if (awkward !== undefined) return { name: awkward, email: `customer.${index + 1}@example.org` };
  const stock = random.chance(1 / 3) ? (NAME_STOCKS[0] as NameStock) : random.pick(NAME_STOCKS);
  const [given, latinGiven] = random.pick(stock.given);
  const [family, latinFamily] = random.pick(stock.family);
  const joint = stock.joint ?? ' ';
  const local = `${latinGiven}.${latinFamily}`;
  const email = emails.has(local) ? `${local}.${index + 1}@example.com` : `${local}@example.com`;
  emails.add(local);
  return { name: stock.familyFirst ? `${family}${joint}${given}` : `${given}${joint}${family}`, email };
}

/** Customers with many deployments buy large packages. */
function buyerKind(rank: number, random: Random): BuyerKind {
  if (rank <= 25) return 'company';
  return rank <= 110 || random.chance(0.2) ? 'team' : 'occasional';
}

/** 1 to n in random order (Fisher and Yates). */
function shuffled(n: number, random: Random): number[] {
  const numbers = Array.from({ length: n }, (_, index) => index + 1);
  for (let last = n - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [numbers[last], numbers[other]] = [numbers[other] as number, numbers[last] as number];
  }
  return numbers;
}
