import type { INestApplicationContext } from '@nestjs/common';
import { Writes } from '../audit/index.js';
import { formatInstant, type Instant } from '../domain/index.js';
import { VariableSettingsService } from '../variables/index.js';
import { STAFF } from './platform/index.js';

const SHARE = 'partnerRevenueShare';

/** The partners' share at first, since a month of the demo's year, and from a month after it on. */
const FIRST = '25';
const CHANGES = [
  { value: '30', months: -6 },
  { value: '32', months: 2 },
] as const;

/**
 * Gives the demo a share that has changed once, and a change that is scheduled.
 *
 * @param end end of the demo's year
 */
export async function scheduleShares(app: INestApplicationContext, end: Instant): Promise<void> {
  const [settings, writes] = [app.get(VariableSettingsService), app.get(Writes)];
  const admin = STAFF.find(({ roles }) => roles.includes('admin'));
  if (admin === undefined) throw new Error('The demo has no admin.');
  const write = {
    caller: { id: admin.id, roles: new Set(admin.roles) },
    action: 'variables.set',
    targetType: 'variable',
    requestId: 'demo',
    idempotencyKey: null,
  };
  const dated = CHANGES.map(({ value, months }) => ({ value, effectiveFrom: monthFrom(end, months) }));
  for (const { value, effectiveFrom } of [{ value: FIRST, effectiveFrom: undefined }, ...dated]) {
    const setting = await settings.judge(SHARE, value, effectiveFrom);
    await writes.run(write, async (manager) => {
      const { variable, edit } = await settings.set(setting, undefined, admin.id, manager);
      const outcome = edit === null ? 'known' : 'done';
      return { status: 200, body: variable, outcome, targetId: SHARE };
    });
  }
}

/** The first day of the month that is so many months after that of an instant. */
function monthFrom(instant: Instant, months: number): string {
  const [year = 0, month = 0] = formatInstant(instant).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}
