import type { JSX } from 'preact';
import type { AuditEvent } from '../../api/audit.js';
import { Chip } from '../../ui/chip.js';
import { Link } from '../../ui/button.js';
import { DateTime, Name } from '../../ui/figures.js';
import { Table, type Column } from '../../ui/table.js';
import { actionName } from './actions.js';
import { t } from './texts.js';

const KINDS = { done: 'good', known: 'plain', refused: 'bad' } as const;

export interface AuditTableProps {
  readonly events: readonly AuditEvent[];
  readonly onOpen: (event: AuditEvent) => void;
}

export function AuditTable({ events, onOpen }: AuditTableProps): JSX.Element {
  const columns: readonly Column<AuditEvent>[] = [
    {
      id: 'when',
      head: t('when'),
      isRowHead: true,
      least: 16,
      cell: (event) => (
        <button type="button" class="link row-link" onClick={() => onOpen(event)}>
          <DateTime instant={event.when} timeZone="UTC" />
        </button>
      ),
    },
    { id: 'action', head: t('action'), least: 16, cell: ({ action }) => actionName(action) },
    { id: 'actor', head: t('who'), least: 12, cell: ({ actor }) => <Actor id={actor} /> },
    { id: 'target', head: t('target'), least: 12, cell: (event) => <Target event={event} /> },
    { id: 'outcome', head: t('outcome'), cell: ({ outcome }) => <OutcomeChip outcome={outcome} /> },
    { id: 'details', head: t('details'), least: 16, cell: ({ details }) => inShort(details) },
  ];
  return (
    <Table
      caption={t('caption')}
      columns={columns}
      rows={events}
      keyOf={(event) => `${event.when} ${event.requestId} ${event.target ?? ''}`}
      class="audit-table"
    />
  );
}

export function OutcomeChip({ outcome }: Pick<AuditEvent, 'outcome'>): JSX.Element {
  return <Chip kind={KINDS[outcome]}>{t(outcome)}</Chip>;
}

export function Actor({ id }: { readonly id: string | null }): JSX.Element {
  return id === null ? <span class="hint">{t('unknownActor')}</span> : <Name text={id} />;
}

/** What has a page of its own is a link to it. */
export function Target({
  event: { target, targetType },
}: {
  readonly event: AuditEvent;
}): JSX.Element | null {
  if (target === null) return null;
  const path = targetType === 'module' ? '/modules/' : targetType === 'user' ? '/customers/' : null;
  if (path === null) return <Name text={target} />;
  return (
    <Link to={path + encodeURIComponent(target)}>
      <Name text={target} />
    </Link>
  );
}

/** The most telling details of an event in one line; all of them are in the drawer. */
function inShort(details: AuditEvent['details']): string {
  const { from, to, code, fields, roles } = details;
  if (from !== undefined && to !== undefined) return `${plain(from)} → ${plain(to)}`;
  if (code !== undefined) return plain(code);
  if (fields !== undefined) return plain(fields);
  if (roles !== undefined) return plain(roles);
  const counts = ['added', 'known', 'changed', 'refused'].filter((name) => Number(details[name]) > 0);
  return counts.map((name) => `${plain(details[name])} ${name}`).join(', ');
}

export function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${plain(one)}`)
      .join(', ');
  }
  return String(value);
}
