import type { Role } from '../../../api/users.js';
import { t } from './texts.js';

export function roleName(role: Role): string {
  return role === 'platform' ? t('platformRole') : t(role);
}
