import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { closedDocument } from './closed-document.js';

const DOCUMENT = 'openapi.json';

/** The committed document and its validator, created once for all tests of a worker. */
let opened: { readonly document: Record<string, unknown>; readonly ajv: Ajv2020 } | undefined;

function open(): NonNullable<typeof opened> {
  if (opened) return opened;
  const document = closedDocument();
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(document, DOCUMENT);
  return (opened = { document, ajv });
}

/** The document, with every object closed. */
export function documentForTests(): Record<string, unknown> {
  return open().document;
}

/**
 * Returns the errors of a value against the schema at a place of the document.
 *
 * @param place names of members from the root: `['components', 'schemas', 'User']`
 */
export function complaintsBySchema(value: unknown, place: readonly string[]): string[] {
  const pointer = place.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1')));
  const validate = open().ajv.getSchema(`${DOCUMENT}#/${pointer.join('/')}`);
  if (!validate) return [`the document has no schema at ${place.join(' > ')}`];
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = '', params }) =>
      `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
  );
}
