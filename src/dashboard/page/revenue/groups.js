/** The labels of the groups in a summary. */

/** @typedef {import('../api/revenue.js').Group} Group */

/**
 * @param {{ key: string | null, label: string }} group
 * @returns {string}
 */
export function groupLabel({ key, label }) {
  return key === null ? 'The platform’s own modules' : label;
}
