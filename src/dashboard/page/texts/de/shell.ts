import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/shell.js';

export const texts: Translation<typeof english> = {
  account: 'Konto',
  audit: 'Protokoll',
  customers: 'Kunden',
  data: 'Daten',
  exactAmounts: 'Genaue Beträge',
  exactAmountsHint: 'Zeigt alle Ziffern von Geld, nicht nur die Stellen der Währung.',
  language: 'Sprache',
  modules: 'Module',
  noAccess: 'Kein Zugriff',
  nothing: 'Hier gibt es nichts zu sehen',
  nothingAdvice: 'Melden Sie sich als Partner oder mit einer Finanzrolle an, um Erlöse zu sehen.',
  nothingForBackEnd:
    'Ihr Token ist für ein Backend ({roles}). Es kann Einträge schreiben, aber keine Berichte lesen.',
  nothingForNobody: 'Ihr Token enthält keine Rolle dieses Dienstes.',
  revenue: 'Erlöse',
  settings: 'Einstellungen',
  signOut: 'Abmelden',
  signals: 'Signale',
  skip: 'Zum Inhalt springen',
  statements: 'Abrechnungen',
  theme: 'Farben',
  themeDark: 'Dunkel',
  themeLight: 'Hell',
  themeSystem: 'Wie das System',
  views: 'Ansichten',
  yourCredits: 'Ihre Credits',
};
