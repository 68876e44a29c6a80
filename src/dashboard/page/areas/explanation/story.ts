/** The two kinds of explanation: for a partner, and for users who see everything. */

import type { Explanation, Schemas } from '../../api/revenue.js';
import { share } from '../../exact/format.js';
import { t } from './texts.js';

export type FullExplanation = Schemas['FullExplanation'];

/** Whether it contains lots and customers. */
export function isFull(story: Explanation): story is FullExplanation {
  return 'balanceBefore' in story;
}

/** Whether the module belongs to the platform. */
export function isPlatformsOwn(story: Explanation): boolean {
  return isFull(story) && story.partnerId === null;
}

/** The share with its owner, as the current user reads it. */
export function ownShare(story: Explanation): string {
  const values = { share: share(story.partnerRevenueShare) };
  return isFull(story) ? t('shareOfPartner', values) : t('shareOfYou', values);
}
