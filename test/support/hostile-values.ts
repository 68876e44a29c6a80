import type { ApiSchema } from './api-document.js';

/** A value that a field must refuse, with the reason. */
export interface HostileValue {
  readonly why: string;
  readonly value: unknown;
}

/** Values that no field of any kind accepts. */
const FOR_EVERY_FIELD: readonly HostileValue[] = [
  { why: 'an object', value: { $ne: null } },
  { why: 'a list of lists', value: [[['x']]] },
  { why: 'NUL', value: 'a\0b' },
  { why: 'a lone surrogate', value: 'a\ud800' },
];

const FOR_TEXTS: readonly HostileValue[] = [
  { why: 'a number', value: 7 },
  { why: 'a boolean', value: true },
  { why: 'a text of 60,000 characters', value: 'x'.repeat(60_000) },
  { why: 'nothing', value: '' },
];

const FOR_DECIMALS: readonly HostileValue[] = [
  '1e-7',
  '1e400',
  '-1',
  '+1',
  '01',
  '1.',
  '.5',
  '0.0000001',
  'NaN',
  'Infinity',
]
  .concat('9'.repeat(13), '1'.repeat(200), ' 1', '1,5', '0x10', '١٢')
  .map((value) => ({ why: `the decimal ${value}`, value }));

const FOR_INSTANTS: readonly HostileValue[] = [
  '20260101',
  '2026-01-01',
  '2026-02-30T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T00:00:00',
  '2026-01-01T00:00:00.1234567Z',
  '+275760-09-13T00:00:00Z',
  'now',
  'infinity',
].map((value) => ({ why: `the instant ${value}`, value }));

const FOR_IDS: readonly HostileValue[] = ['a b', '-a', 'ä', 'a/b', 'a\n', 'x'.repeat(129)].map((value) => ({
  why: `the id ${JSON.stringify(value).slice(0, 20)}`,
  value,
}));

/** The values that a field of this schema must refuse. */
export function hostileValuesFor(schema: ApiSchema): readonly HostileValue[] {
  const pattern = schema.pattern ?? '';
  const types = [schema.type ?? []].flat();
  return [
    ...FOR_EVERY_FIELD,
    ...(types.includes('string') ? FOR_TEXTS : []),
    ...(types.includes('string') && pattern.includes('\\.\\d') ? FOR_DECIMALS : []),
    ...(schema.format === 'date-time' ? FOR_INSTANTS : []),
    ...(pattern.startsWith('^[A-Za-z0-9][') ? FOR_IDS : []),
    ...(types.includes('boolean') ? [{ why: 'a word', value: 'true' }] : []),
    ...(types.includes('boolean') ? [{ why: 'a number', value: 1 }] : []),
    ...(types.includes('array') ? [{ why: 'a list with null', value: [null] }] : []),
  ];
}
