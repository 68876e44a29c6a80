/**
 * Names of properties that every JavaScript object has. Libraries silently drop fields and parameters with these names,
 * so the service refuses them as unknown.
 */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  'prototype',
]);
