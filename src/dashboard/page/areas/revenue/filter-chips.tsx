/** The filter in force, part by part; each part can be removed. */

import type { JSX } from 'preact';
import type { Address } from '../../address/address.js';
import { go } from '../../address/location.js';
import { Chip } from '../../ui/chip.js';
import { ClearFilter, isFiltered } from './filter.js';
import { labelOf } from './labels.js';
import { t } from './texts.js';

/** More ids are one chip with their number. */
const MOST_CHIPS = 6;

interface Part {
  readonly name: string;
  readonly without: Partial<Address>;
}

export function FilterChips(props: {
  readonly address: Address;
  readonly platformZone: string;
}): JSX.Element | null {
  const { address } = props;
  if (!isFiltered(address)) return null;
  const parts = [
    ...idParts('partner', 'partnerIds', address),
    ...idParts('module', 'moduleIds', address),
    ...idParts('module', 'exceptModuleIds', address),
    ...otherParts(address),
  ];
  return (
    <div class="chips">
      {parts.map(({ name, without }) => (
        <Chip key={name} remove={{ name, onRemove: () => go(without) }}>
          <bdi dir="auto" class="clip">
            {name}
          </bdi>
        </Chip>
      ))}
      <span class="clear">
        <ClearFilter />
      </span>
    </div>
  );
}

function idParts(
  kind: 'module' | 'partner',
  list: 'partnerIds' | 'moduleIds' | 'exceptModuleIds',
  address: Address,
): Part[] {
  const ids = address[list];
  const title = kind === 'module' ? t('modules') : t('partners');
  const isLeftOut = list === 'exceptModuleIds';
  if (ids.length > MOST_CHIPS) {
    const text = isLeftOut ? t('allButMany', { count: ids.length }) : t('chosen', { count: ids.length });
    return [{ name: `${title}: ${text}`, without: { [list]: [] } }];
  }
  return ids.map((id) => {
    const label = labelOf(kind, id);
    const without = { [list]: ids.filter((one) => one !== id) };
    return { name: isLeftOut ? t('allBut', { name: label }) : label, without };
  });
}

function otherParts({ owner, includeFree, timeZone }: Address): Part[] {
  return [
    ...(owner === null ? [] : [{ name: ownerName(owner), without: { owner: null } }]),
    ...(includeFree ? [{ name: t('includeFreeChip'), without: { includeFree: false } }] : []),
    ...(timeZone === null ? [] : [{ name: timeZone, without: { timeZone: null } }]),
  ];
}

export function ownerName(owner: NonNullable<Address['owner']>): string {
  return owner === 'partner' ? t('partnersOnly') : t('platformsOwn');
}
