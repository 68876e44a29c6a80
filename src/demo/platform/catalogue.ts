import { parseDecimal, type Micros } from '../../domain/index.js';
import { popularityOf } from './random.js';

/** A partner of the demo platform: a user with the role partner. */
export interface DemoPartner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** A module of the demo platform. */
export interface DemoModule {
  readonly id: string;
  readonly name: string;
  /** Null: the platform. */
  readonly partnerId: string | null;
  readonly creditCost: Micros;
  /** The cost before the price changed, and the first day of the new price. */
  readonly earlierCost: { readonly creditCost: Micros; readonly untilDay: number } | null;
  readonly requiresPurchasedCredits: boolean;
  /** The day on which it was published. */
  readonly fromDay: number;
  /** The first day on which users could not deploy it any more. */
  readonly untilDay: number | null;
  /** Weight of the module when a deployment is drawn. */
  readonly popularity: number;
}

/** The demo shows the report of this partner, and prints a sign-in for it. */
export const SHOWN_PARTNER_ID = 'blue-heron';

export const PARTNERS: readonly DemoPartner[] = [
  { id: SHOWN_PARTNER_ID, name: 'Blue Heron Software, Inc.', email: 'partner@demo.example' },
  { id: 'quist', name: '"Quick" Quist & Sons', email: 'ledger@quist.example' },
  { id: 'sakura-works', name: 'さくらワークス株式会社', email: 'keiri@sakura-works.example' },
  { id: 'athina', name: 'Αθηνά Λογισμικό Α.Ε.', email: 'info@athina.example' },
  { id: 'nile-studio', name: 'استوديو النيل', email: 'accounts@nile-studio.example' },
  { id: 'surya', name: 'सूर्या सॉफ्टवेयर', email: 'billing@surya.example' },
  { id: 'ohara', name: "O'Hara Tools 🦊", email: "o'hara@ohara-tools.example" },
  { id: 'equals-plus', name: '=Plus Analytics', email: '=plus@equals-plus.example' },
];

interface ModuleSheet {
  readonly id: string;
  readonly name: string;
  readonly cost: string;
  /** 1 is the most popular of all. */
  readonly rank: number;
  readonly fromDay?: number;
  readonly untilDay?: number;
  readonly earlier?: readonly [cost: string, untilDay: number];
  readonly purchasedOnly?: true;
}

const SHEETS: Readonly<Record<string, readonly ModuleSheet[]>> = {
  [SHOWN_PARTNER_ID]: [
    { id: 'invoice-reader', name: 'Invoice Reader', cost: '40', rank: 2, earlier: ['32', 150] },
    { id: 'sign-and-seal', name: 'Sign, Stamp & Seal', cost: '12.5', rank: 6 },
    { id: 'smart-dunning', name: '"Smart" Dunning', cost: '75', rank: 15, fromDay: 40 },
    { id: 'currency-desk', name: 'Currency Desk €/¥/₹', cost: '18', rank: 12 },
    { id: 'quote-builder', name: '見積もり Builder', cost: '60', rank: 24, fromDay: 120 },
    { id: 'ledger-vault', name: 'Ledger Vault', cost: '150', rank: 21, purchasedOnly: true },
  ],
  quist: [
    { id: 'route-planner', name: 'Route Planner, v2', cost: '25', rank: 3 },
    { id: 'parcel-tracker', name: '📦 Parcel Tracker', cost: '8', rank: 5 },
    { id: 'cold-chain', name: '-18° Cold Chain', cost: '55', rank: 25, fromDay: 75 },
    { id: 'customs-forms', name: 'Customs "Form 302" Filler', cost: '30', rank: 30 },
  ],
  'sakura-works': [
    { id: 'report-maker', name: 'レポート生成', cost: '22', rank: 7 },
    { id: 'receipt-scan', name: '領収書スキャン', cost: '9.9', rank: 9 },
    { id: 'furigana', name: 'ふりがな Helper', cost: '4.5', rank: 18 },
    { id: 'shift-table', name: 'シフト表, 週次', cost: '35', rank: 27, fromDay: 200 },
    { id: 'hanko', name: '電子はんこ 🈺', cost: '15', rank: 22 },
  ],
  athina: [
    { id: 'mydata', name: 'Λογιστήριο & myDATA', cost: '48', rank: 10 },
    { id: 'translate-el', name: 'Μεταφραστής', cost: '6.25', rank: 14 },
    { id: 'ferry-times', name: 'Δρομολόγια πλοίων', cost: '3', rank: 29, untilDay: 260 },
  ],
  'nile-studio': [
    { id: 'stock-keeper', name: 'مدير المخزون', cost: '28', rank: 11 },
    { id: 'voice-notes', name: 'ملاحظات صوتية', cost: '11', rank: 16 },
    { id: 'calligraphy', name: 'خط عربي ✒️', cost: '19', rank: 31, fromDay: 90 },
    { id: 'hijri-calendar', name: 'التقويم الهجري', cost: '0', rank: 26 },
  ],
  surya: [
    { id: 'gst-assistant', name: 'जीएसटी सहायक', cost: '45', rank: 8, earlier: ['38.5', 230] },
    { id: 'solar-forecast', name: '☀️ Solar Forecast', cost: '33.333333', rank: 19 },
    { id: 'monsoon-alerts', name: 'मानसून Alerts', cost: '7', rank: 28 },
  ],
  ohara: [
    { id: 'bobs-backup', name: "Bob's Backup", cost: '20', rank: 4 },
    { id: 'log-fox', name: 'Log Fox 🦊', cost: '14', rank: 13 },
    { id: 'pager', name: "Don't Wake Me (On-call)", cost: '65', rank: 23, purchasedOnly: true },
    { id: 'schema-diff', name: 'Schema Diff; Migrate', cost: '27.75', rank: 20, fromDay: 30 },
    { id: 'tiny-cron', name: 'Tiny Cron', cost: '0.75', rank: 17 },
  ],
  'equals-plus': [
    { id: 'sum-invoices', name: '=SUM(Invoices), the module', cost: '16', rank: 32 },
    { id: 'plus-forecast', name: '+Plus Forecast', cost: '90', rank: 33, fromDay: 60 },
    { id: 'mentions', name: '@mentions Inbox', cost: '10', rank: 34 },
    { id: 'pivot', name: '=PIVOT "me"', cost: '240', rank: 36, purchasedOnly: true, fromDay: 180 },
  ],
};

const PLATFORM_SHEETS: readonly ModuleSheet[] = [
  { id: 'web-hosting', name: 'Web Hosting', cost: '30', rank: 1 },
  { id: 'database', name: 'Database', cost: '50', rank: 5 },
  { id: 'object-storage', name: 'Object Storage', cost: '15', rank: 9 },
  { id: 'mail-relay', name: 'Mail Relay', cost: '5', rank: 12 },
  { id: 'single-sign-on', name: 'Single Sign-on', cost: '80', rank: 20, fromDay: 100 },
  { id: 'hello-world', name: 'Hello, World! 👋', cost: '1', rank: 22 },
];

/** Every module of the demo platform. */
export const MODULES: readonly DemoModule[] = [
  ...Object.entries(SHEETS).flatMap(([partnerId, sheets]) =>
    sheets.map((sheet) => moduleOf(sheet, partnerId)),
  ),
  ...PLATFORM_SHEETS.map((sheet) => moduleOf(sheet, null)),
];

function moduleOf(sheet: ModuleSheet, partnerId: string | null): DemoModule {
  const { id, name, cost, rank, earlier } = sheet;
  return {
    id,
    name,
    partnerId,
    creditCost: decimal(cost),
    earlierCost: earlier ? { creditCost: decimal(earlier[0]), untilDay: earlier[1] } : null,
    requiresPurchasedCredits: sheet.purchasedOnly ?? false,
    fromDay: sheet.fromDay ?? 0,
    untilDay: sheet.untilDay ?? null,
    popularity: popularityOf(rank),
  };
}

/** A decimal in these tables. */
export function decimal(text: string): Micros {
  const micros = parseDecimal(text);
  if (micros === null) throw new RangeError(`"${text}" is not a decimal`);
  return micros;
}
