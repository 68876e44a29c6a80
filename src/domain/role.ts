/** What a caller may be, as the token's roles claim names it; several add up (docs/contract.md, "Callers"). */
export const ROLES = ['user', 'partner', 'finance', 'admin', 'platform'] as const;

export type Role = (typeof ROLES)[number];

/** Whether the service knows a role of this name; names that it does not know are ignored in tokens. */
export function isRole(name: unknown): name is Role {
  return (ROLES as readonly unknown[]).includes(name);
}
