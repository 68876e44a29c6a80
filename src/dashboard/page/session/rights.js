/** What the caller's roles let the page show; the service decides, this only leaves out what it would refuse. */

/** @typedef {import('../api/revenue.js').Schemas['Me']} Me */

/**
 * @typedef {object} Rights
 * @property {string} id
 * @property {readonly string[]} roles
 * @property {'everybody' | 'partner' | 'nothing'} reads whose revenue
 * @property {'change' | 'read' | 'nothing'} settings
 * @property {boolean} hasCredits whether the caller has credits of its own to look at
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
 * @returns {boolean} whether reports show partners, customers and what the platform keeps
 */
export function seesEverybody({ reads }) {
  return reads === 'everybody';
}
