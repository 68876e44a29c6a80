/** The names of those whom revenue is summed up by. */

/** @typedef {import('../api/revenue.js').Group} Group */

/**
 * @param {{ key: string | null, label: string }} group
 * @returns {string}
 */
export function groupLabel({ key, label }) {
  return key === null ? 'The platform’s own modules' : label;
}
