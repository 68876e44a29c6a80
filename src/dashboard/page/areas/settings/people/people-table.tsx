import type { JSX } from 'preact';
import { userName, type User } from '../../../api/users.js';
import { useCaller } from '../../../session/me.js';
import { Chip } from '../../../ui/chip.js';
import { Name } from '../../../ui/figures.js';
import { Menu, type MenuItem } from '../../../ui/menu.js';
import { Table, type Column } from '../../../ui/table.js';
import { roleName } from './roles.js';
import { t } from './texts.js';

export interface PeopleTableProps {
  readonly people: readonly User[];
  /** Null: the caller only reads. */
  readonly onEdit: ((user: User) => void) | null;
  readonly onAnonymise: (user: User) => void;
}

export function PeopleTable({ people, onEdit, onAnonymise }: PeopleTableProps): JSX.Element {
  const self = useCaller().rights.id;
  const itemsOf = (user: User): readonly MenuItem[] => [
    { label: t('change'), icon: 'edit', onChoose: () => onEdit?.(user) },
    ...(user.id === self
      ? []
      : [{ label: t('anonymise'), isDanger: true, onChoose: () => onAnonymise(user) }]),
  ];
  const actions: Column<User> = {
    id: 'person-actions',
    head: t('actions'),
    kind: 'number',
    cell: (user) => <Menu label={t('actionsOf', { name: userName(user) })} items={itemsOf(user)} />,
  };
  const columns: readonly Column<User>[] = [
    {
      id: 'person',
      head: t('name'),
      isRowHead: true,
      least: 16,
      cell: (user) => (
        <span class="named">
          <Name text={userName(user)} />
          <small>{user.id}</small>
        </span>
      ),
    },
    { id: 'email', head: t('email'), least: 16, cell: ({ email }) => email && <Name text={email} /> },
    {
      id: 'roles',
      head: t('roles'),
      least: 12,
      cell: ({ roles }) => (
        <span class="chips">
          {roles.map((role) => (
            <Chip key={role}>{roleName(role)}</Chip>
          ))}
          {roles.length === 0 && <span class="hint">{t('noRoles')}</span>}
        </span>
      ),
    },
    ...(onEdit === null ? [] : [actions]),
  ];
  return (
    <Table
      caption={t('listCaption')}
      columns={columns}
      rows={people}
      keyOf={({ id }) => id}
      class="people-table"
    />
  );
}
