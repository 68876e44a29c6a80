/** Names that JavaScript objects bring along, and that libraries drop without a word: of bodies and of parameters. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
