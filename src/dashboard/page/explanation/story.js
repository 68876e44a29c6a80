/** The two kinds of explanation: a partner's, and that of who sees everybody. */

/** @typedef {import('../api/revenue.js').Explanation} Explanation */
/** @typedef {import('../api/revenue.js').Schemas['FullExplanation']} FullExplanation */

/**
 * @param {Explanation} story
 * @returns {story is FullExplanation} whether it tells of lots and customers
 */
export function isFull(story) {
  return 'balanceBefore' in story;
}

/**
 * @param {Explanation} story
 * @returns {boolean} whether no partner shares in it
 */
export function isPlatformsOwn(story) {
  return isFull(story) && story.partnerId === null;
}

/**
 * @param {Explanation} story
 * @returns {string} whose share it is, to whoever looks
 */
export function whose(story) {
  return isFull(story) ? 'the partner’s' : 'your';
}
