import fc from 'fast-check';
import * as domain from '../../src/domain/index.js';
import { LEDGER_PROPERTIES } from './ledger-properties.js';
import { PROPERTY_RUN } from './property-run.js';

describe('every credit history', () => {
  it.each(Object.entries(LEDGER_PROPERTIES))('%s', (_name, property) => {
    fc.assert(property(domain), PROPERTY_RUN);
  });
});
