/**
 * What the page shows for the caller's roles. The service decides about access; the page only hides what it would
 * refuse.
 */

/** @typedef {import('../api/revenue.js').Schemas['Me']} Me */

/**
 * @typedef {object} Rights
 * @property {string} id
 * @property {readonly string[]} roles
 * @property {'everybody' | 'partner' | 'nothing'} reads which revenue the caller can see
 * @property {'change' | 'read' | 'nothing'} settings
 * @property {boolean} hasCredits whether the caller has credits of its own
 */

/**
 * @param {Me} me
 * @returns {Rights}
 */
export function rightsOf({ id, roles, earns }) {
  const has = (/** @type {Me['roles'][number]} */ role) => roles.includes(role);
  const isOverseer = has('finance') || has('admin');
  return {
    id,
    roles,
    reads: isOverseer ? 'everybody' : has('partner') ? 'partner' : 'nothing',
    settings: has('admin') && !earns ? 'change' : isOverseer ? 'read' : 'nothing',
    hasCredits: has('user') || has('partner'),
  };
}

/**
 * @param {Rights} rights
 * @returns {boolean}
 */
export function mayReadReports({ reads }) {
  return reads !== 'nothing';
}

/**
 * @param {Rights} rights
 * @returns {boolean} whether reports show partners, customers and the platform's part
 */
export function seesEverybody({ reads }) {
  return reads === 'everybody';
}
