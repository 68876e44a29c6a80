/** What the filter of the address leaves out, and how it is cleared. */

import type { JSX } from 'preact';
import type { Address } from '../../address/address.js';
import { go } from '../../address/location.js';
import { Button } from '../../ui/button.js';
import { t as uiText } from '../../ui/texts.js';

/** A filter that excludes nothing, in the platform's own time zone. */
const NO_FILTER = {
  moduleIds: [],
  exceptModuleIds: [],
  partnerIds: [],
  owner: null,
  includeFree: false,
  timeZone: null,
} satisfies Partial<Address>;

export function isFiltered(address: Address): boolean {
  const { moduleIds, exceptModuleIds, partnerIds, owner, includeFree, timeZone } = address;
  const ids = moduleIds.length + exceptModuleIds.length + partnerIds.length;
  return ids > 0 || owner !== null || includeFree || timeZone !== null;
}

export function ClearFilter(): JSX.Element {
  return (
    <Button kind="quiet" onPress={() => go(NO_FILTER)}>
      {uiText('clearFilter')}
    </Button>
  );
}
