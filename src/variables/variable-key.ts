/** The settings that the platform has (docs/contract.md, "Variables"). */
export const VARIABLE_KEYS = [
  'partnerRevenueShare',
  'creditsPerUnit',
  'currency',
  'timeZone',
  'minimumPayout',
] as const;

export type VariableKey = (typeof VARIABLE_KEYS)[number];

/** Whether there is a variable of this name. */
export function isVariableKey(name: string): name is VariableKey {
  return (VARIABLE_KEYS as readonly string[]).includes(name);
}
