import fc from 'fast-check';
import * as domain from '../../src/domain/index.js';
import { PROPERTY_RUN } from './property-run.js';
import { SHARE_PROPERTIES } from './share-properties.js';
import { STATEMENT_PROPERTIES } from './statement-properties.js';
import { VALUE_PROPERTIES } from './value-properties.js';

const PROPERTIES = { ...VALUE_PROPERTIES, ...SHARE_PROPERTIES, ...STATEMENT_PROPERTIES };

describe('the domain', () => {
  it.each(Object.entries(PROPERTIES))('%s', (_name, property) => {
    fc.assert(property(domain), PROPERTY_RUN);
  });
});
