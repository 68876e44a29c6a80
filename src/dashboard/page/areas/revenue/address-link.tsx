import type { ComponentChildren, JSX } from 'preact';
import type { Address } from '../../address/address.js';
import { targetOf } from '../../address/location.js';
import { Link } from '../../ui/button.js';

export interface AddressLinkProps {
  readonly change: Partial<Address>;
  readonly class?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

/** A link to the open view with a change; it follows the address, also when only the address changes. */
export function AddressLink({ change, ...rest }: AddressLinkProps): JSX.Element {
  return <Link {...rest} to={targetOf(change)} />;
}
