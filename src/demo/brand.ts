/** The demo's platform on the page, unless the environment names another one. */
export const DEMO_BRAND = { PLATFORM_NAME: 'Harbour Modules', PLATFORM_ACCENT: '#0b7285' } as const;
