/** Picks modules: all, or some found by a search; there can be thousands. */

import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Address } from '../../../address/address.js';
import { go } from '../../../address/location.js';
import { answerOf, api } from '../../../api/client.js';
import { IdPicker, type Find } from '../../../ui/id-picker.js';
import { labelOf, rememberLabels } from '../labels.js';
import { t } from '../texts.js';

export interface ModulePickerProps {
  readonly address: Address;
  /** Only the caller's own. */
  readonly isOwn: boolean;
}

export function ModulePicker({ address, isOwn }: ModulePickerProps): JSX.Element {
  const { moduleIds, exceptModuleIds } = address;
  const isLeavingOut = moduleIds.length === 0 && exceptModuleIds.length > 0;
  // With nothing chosen, the address does not say what the next choice means.
  const [wasLeavingOut, setLeavingOut] = useState(isLeavingOut);
  const chosen = isLeavingOut ? exceptModuleIds : moduleIds;
  const isOn = chosen.length === 0 ? wasLeavingOut : isLeavingOut;
  const choose = (ids: readonly string[], areLeftOut: boolean): void =>
    go(areLeftOut ? { moduleIds: [], exceptModuleIds: ids } : { moduleIds: ids, exceptModuleIds: [] });
  return (
    <IdPicker
      label={t('modules')}
      icon="layers"
      chosen={chosen}
      shown={shownFor(chosen, isLeavingOut)}
      allText={t('allModules')}
      isAll={chosen.length === 0}
      searchLabel={t('searchModules')}
      find={findModules(isOwn)}
      labelOf={(id) => labelOf('module', id)}
      onFound={(items) => rememberLabels('module', items)}
      onChoose={(ids) => choose(ids, isOn)}
      leavingOut={{
        isOn,
        onChange: (areLeftOut) => {
          setLeavingOut(areLeftOut);
          if (chosen.length > 0) choose(chosen, areLeftOut);
        },
      }}
    />
  );
}

function shownFor(ids: readonly string[], isLeavingOut: boolean): ComponentChildren {
  const [first] = ids;
  if (first === undefined) return t('allModules');
  if (ids.length > 1)
    return isLeavingOut ? t('allButMany', { count: ids.length }) : t('chosen', { count: ids.length });
  const name = <bdi dir="auto">{labelOf('module', first)}</bdi>;
  return isLeavingOut ? t.rich('allBut', { name }) : name;
}

function findModules(isOwn: boolean): Find {
  return async (text, cursor, signal, limit) => {
    const query = { q: text || undefined, mine: isOwn || undefined, cursor: cursor ?? undefined, limit };
    const { data, page } = await answerOf(api.GET('/api/modules', { params: { query }, signal }));
    const items = data.map(({ id, name, archived }) => ({
      id,
      label: name,
      note: archived ? t('archived', { id }) : id,
    }));
    return { items, cursor: page.nextCursor };
  };
}
