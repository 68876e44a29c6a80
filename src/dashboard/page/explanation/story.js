/** The two kinds of explanation: for a partner, and for users who see everything. */

/** @typedef {import('../api/revenue.js').Explanation} Explanation */
/** @typedef {import('../api/revenue.js').Schemas['FullExplanation']} FullExplanation */

/**
 * @param {Explanation} story
 * @returns {story is FullExplanation} whether it contains lots and customers
 */
export function isFull(story) {
  return 'balanceBefore' in story;
}

/**
 * @param {Explanation} story
 * @returns {boolean} whether the module belongs to the platform
 */
export function isPlatformsOwn(story) {
  return isFull(story) && story.partnerId === null;
}

/**
 * @param {Explanation} story
 * @returns {string} the owner of the share, as the current user reads it
 */
export function shareOwner(story) {
  return isFull(story) ? 'the partner’s' : 'your';
}
