import type { JSX } from 'preact';
import type { AreaProps } from '../../shell/area.js';
import { CustomerList } from './customer-list.js';
import { CustomerPage } from './customer-page.js';

/** Customers and their credits, for finance and admin. */
export function CustomersArea({ id }: AreaProps): JSX.Element {
  return id === null ? <CustomerList /> : <CustomerPage key={id} id={id} />;
}
