import type { ComponentChildren, JSX } from 'preact';
import type { AuditEvent } from '../../api/audit.js';
import { Drawer } from '../../ui/dialog.js';
import { actionName } from './actions.js';
import { Actor, OutcomeChip, plain, Target } from './audit-table.js';
import { t } from './texts.js';

export interface EventDrawerProps {
  readonly event: AuditEvent;
  readonly onClose: () => void;
}

/** Everything that is recorded about an event, as the service spells it. */
export function EventDrawer({ event, onClose }: EventDrawerProps): JSX.Element {
  const { when, actor, actorRoles, action, requestId, outcome, details } = event;
  return (
    <Drawer title={actionName(action)} onClose={onClose}>
      <dl class="facts whole">
        <Fact name={t('when')}>
          <time dateTime={when}>{when}</time>
        </Fact>
        <Fact name={t('action')}>
          <code>{action}</code>
        </Fact>
        <Fact name={t('who')}>
          <Actor id={actor} />
        </Fact>
        <Fact name={t('roles')}>{actorRoles.join(', ')}</Fact>
        <Fact name={t('target')}>
          <Target event={event} />
        </Fact>
        <Fact name={t('outcome')}>
          <OutcomeChip outcome={outcome} />
        </Fact>
        {Object.entries(details).map(([name, value]) => (
          <Fact key={name} name={name}>
            {plain(value)}
          </Fact>
        ))}
        <Fact name={t('requestId')}>
          <code>{requestId}</code>
        </Fact>
      </dl>
    </Drawer>
  );
}

function Fact(props: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
