/** The ids that a platform gives to its people and modules, as the service accepts them. */

const PLATFORM_ID = /^[A-Za-z0-9][A-Za-z0-9._:@|+=~-]{0,127}$/;

export function isPlatformId(text: string): boolean {
  return PLATFORM_ID.test(text);
}
