/** Picks the owners of modules: all, only partners, only the platform, or some partners. */

import type { ComponentChildren, JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Address } from '../../../address/address.js';
import { go } from '../../../address/location.js';
import { readSummary } from '../../../api/revenue.js';
import { searchText } from '../../../exact/search-text.js';
import type { Choice } from '../../../ui/combobox.js';
import { IdPicker, type Find } from '../../../ui/id-picker.js';
import { ownerName } from '../filter-chips.js';
import { labelOf, rememberLabels } from '../labels.js';
import { t } from '../texts.js';

/** A longer list is searched instead of shown. */
const MOST_SHOWN = 200;

export function PartnerPicker({ address }: { readonly address: Address }): JSX.Element {
  const { partnerIds, owner } = address;
  // All partners with deployed modules, read once.
  const partners = useRef<Promise<readonly Choice[]> | null>(null);
  const find: Find = async (text) => {
    partners.current ??= readPartners();
    const all = await partners.current.catch((error: unknown) => {
      partners.current = null;
      throw error;
    });
    // By the first letters of a word, as the service finds users and modules.
    const wanted = ` ${searchText(text)}`;
    const found = all.filter(({ id, label }) => searchText(` ${label} ${id}`).includes(wanted));
    return { items: found.slice(0, MOST_SHOWN), cursor: null };
  };
  return (
    <IdPicker
      label={t('partners')}
      icon="people"
      chosen={partnerIds}
      shown={shownFor(address)}
      allText={t('allPartners')}
      isAll={partnerIds.length === 0 && owner === null}
      searchLabel={t('searchPartners')}
      find={find}
      labelOf={(id) => labelOf('partner', id)}
      onFound={(items) => rememberLabels('partner', items)}
      onChoose={(ids) => go({ partnerIds: ids, owner: null })}
      extra={<Owners owner={partnerIds.length === 0 ? owner : null} />}
    />
  );
}

function shownFor({ partnerIds, owner }: Address): ComponentChildren {
  const [first] = partnerIds;
  if (first === undefined) return owner === null ? t('allPartners') : ownerName(owner);
  if (partnerIds.length > 1) return t('chosen', { count: partnerIds.length });
  return <bdi dir="auto">{labelOf('partner', first)}</bdi>;
}

function Owners({ owner }: { readonly owner: Address['owner'] }): JSX.Element {
  return (
    <div class="options two">
      {(['partner', 'platform'] as const).map((one) => (
        <button
          key={one}
          type="button"
          class="option"
          aria-pressed={owner === one}
          onClick={() => go({ owner: one, partnerIds: [] })}
        >
          {ownerName(one)}
        </button>
      ))}
    </div>
  );
}

async function readPartners(): Promise<readonly Choice[]> {
  const { data } = await readSummary({ includeFree: true }, 'partner');
  return data.flatMap(({ key, label }) => (key === null ? [] : [{ id: key, label, note: key }]));
}
