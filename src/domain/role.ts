/** The roles of a token's roles claim; the rights of several roles add up (docs/contract.md, "Callers"). */
export const ROLES = ['user', 'partner', 'finance', 'admin', 'platform'] as const;

export type Role = (typeof ROLES)[number];

/** Whether the name is a role of the service. Other names in tokens are ignored. */
export function isRole(name: unknown): name is Role {
  return (ROLES as readonly unknown[]).includes(name);
}
