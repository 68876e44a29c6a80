import type { JSX } from 'preact';
import { defineParameters, oneOf, optional, text } from '../../address/parameters.js';
import type { AuditQuery } from '../../api/audit.js';
import { isDay } from '../../exact/time.js';
import { Button } from '../../ui/button.js';
import { Select, TextField } from '../../ui/field.js';
import { ACTIONS, actionName } from './actions.js';
import { t } from './texts.js';

const OUTCOMES = ['done', 'known', 'refused'] as const;

/** Days of their own, in UTC: not those of the reports. */
const parameters = defineParameters({
  actor: text(),
  target: text(),
  action: optional(),
  outcome: oneOf(['', ...OUTCOMES]),
  from: text(),
  to: text(),
});

export interface AuditFilterHere {
  readonly query: AuditQuery;
  /** The part of the query that is typed. */
  readonly typed: string;
  /** Whether the days are in order; otherwise there is nothing to ask. */
  readonly isOrdered: boolean;
}

export function filterHere(): AuditFilterHere {
  const { actor, target, action, outcome, from, to } = parameters.here();
  const query: AuditQuery = {
    ...(actor.trim() === '' ? {} : { actor: actor.trim() }),
    ...(target.trim() === '' ? {} : { target: target.trim() }),
    ...(action === null ? {} : { action }),
    ...(outcome === '' ? {} : { outcome }),
    ...(isDay(from) ? { startDate: from } : {}),
    ...(isDay(to) ? { endDate: to } : {}),
  };
  return {
    query,
    typed: [actor, target, from, to].join('\n'),
    isOrdered: !isDay(from) || !isDay(to) || from <= to,
  };
}

export function clearFilter(): void {
  parameters.go({ actor: '', target: '', action: null, outcome: '', from: '', to: '' });
}

export function AuditFilter(): JSX.Element {
  const { actor, target, action, outcome, from, to } = parameters.here();
  const { query, isOrdered } = filterHere();
  const others = action !== null && !ACTIONS.some((one) => one === action) ? [action] : [];
  return (
    <div class="filter audit-filter" role="search">
      <Select
        label={t('action')}
        value={action ?? ''}
        options={[
          { value: '', label: t('anyAction') },
          ...[...ACTIONS, ...others].map((value) => ({ value, label: actionName(value) })),
        ]}
        onChoose={(value) => parameters.go({ action: value || null })}
      />
      <Select
        label={t('outcome')}
        value={outcome}
        options={[
          { value: '', label: t('anyOutcome') },
          ...OUTCOMES.map((value) => ({ value, label: t(value) })),
        ]}
        onChoose={(value) => parameters.go({ outcome: value })}
      />
      <TextField label={t('whoId')} value={actor} onInput={(value) => parameters.replace({ actor: value })} />
      <TextField
        label={t('targetId')}
        value={target}
        onInput={(value) => parameters.replace({ target: value })}
      />
      <TextField
        label={t('from')}
        type="date"
        value={from}
        onInput={(value) => parameters.replace({ from: value })}
      />
      <TextField
        label={t('to')}
        type="date"
        value={to}
        onInput={(value) => parameters.replace({ to: value })}
        error={isOrdered ? undefined : t('wrongDays')}
      />
      {Object.keys(query).length > 0 && (
        <p class="clear">
          <Button kind="quiet" icon="close" onPress={clearFilter}>
            {t('clear')}
          </Button>
        </p>
      )}
    </div>
  );
}
