/**
 * Names that every JavaScript object brings along, and that libraries drop without a word: of fields and of parameters. They
 * are refused as unknown.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);
