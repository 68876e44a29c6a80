import type { JSX } from 'preact';
import { defineParameters, optional } from '../../address/parameters.js';
import { useCaller } from '../../session/me.js';
import { seesEverybody } from '../../session/rights.js';
import type { AreaProps } from '../../shell/area.js';
import { Closings } from './closings.js';
import { PartnerStatements } from './partner-statements.js';
import { PayoutList } from './payout-list.js';
import { StatementPage } from './statement-page.js';

const parameters = defineParameters({ partner: optional(), month: optional() });

/** Closed months: what was stated, what is paid, and what changed since. */
export function StatementsArea({ id }: AreaProps): JSX.Element {
  const { rights } = useCaller();
  const { partner, month } = parameters.here();
  if (id !== null) return <StatementPage key={id} id={id} />;
  if (!seesEverybody(rights)) return <PartnerStatements partnerId={null} />;
  if (partner !== null) return <PartnerStatements key={partner} partnerId={partner} />;
  return month === null ? <Closings /> : <PayoutList key={month} month={month} />;
}
