import fc from 'fast-check';
import * as domain from '../../src/domain/index.js';
import { PROPERTY_RUN } from './property-run.js';
import { SHARE_PROPERTIES } from './share-properties.js';
import { VALUE_PROPERTIES } from './value-properties.js';

describe('the domain', () => {
  it.each(Object.entries({ ...VALUE_PROPERTIES, ...SHARE_PROPERTIES }))('%s', (_name, property) => {
    fc.assert(property(domain), PROPERTY_RUN);
  });
});
