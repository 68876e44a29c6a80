import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/settings.js';

export const texts: Translation<typeof english> = {
  changeTheShare: 'Anteil ändern',
  change: 'Ändern …',
  changed: 'Geändert. Jeder Bericht verwendet jetzt {share}.',
  conflict:
    '{who} hat den Anteil inzwischen auf {share} gesetzt. Nichts wurde überschrieben: Ihre {wanted} gelten nicht. Sehen Sie sich die Zahlen noch einmal an, bevor Sie ihn ändern.',
  conflictUnread:
    'Ihre {wanted} gelten nicht: Der Anteil wurde inzwischen geändert, und der neue konnte nicht gelesen werden.',
  confirm: 'Anteil von {from} auf {to} ändern?',
  confirmText:
    'Das gilt sofort für jeden Bericht jedes Partners, auch für frühere Bereitstellungen. Abgeschlossene Abrechnungen behalten ihren eigenen Anteil.',
  currency: 'Währung',
  creditsPerUnit: 'Credits je Währungseinheit',
  difference: 'Unterschied',
  from: 'Von',
  gross: 'Brutto',
  history: 'Verlauf des Anteils',
  historyCaption: 'Änderungen des Partneranteils, die neueste zuerst',
  isDefault: 'Vorgabe {value}',
  lostButChanged:
    'Die Antwort auf Ihre Änderung ging verloren, deshalb wurde der Anteil noch einmal gelesen: Er wurde geändert. Jeder Bericht verwendet jetzt {share}, gesetzt von {who}.',
  lostNotChanged:
    'Die Antwort auf Ihre Änderung ging verloren, deshalb wurde der Anteil noch einmal gelesen: Es gelten {share}, gesetzt von {who}. Ihre {wanted} gelten nicht.',
  neverChanged: 'Nie geändert: Die Vorgabe gilt.',
  newShare: 'Neuer Anteil in Prozent',
  noRevenue: 'In diesem Zeitraum hat kein Partner Erlöse.',
  notANumber: 'Eine Zahl von 0 bis 100 mit höchstens 4 Nachkommastellen.',
  notChanged: 'Nichts wurde geändert. {why}',
  notKnown:
    'Es ist nicht bekannt, ob der Anteil jetzt {wanted} ist: Die Antwort auf Ihre Änderung ging verloren, und der Anteil konnte nicht noch einmal gelesen werden.',
  otherSettings: 'Weitere Einstellungen',
  partner: 'Partner',
  partnerRevenueShare: 'Partneranteil',
  period: 'Zeitraum',
  preview: 'Zahlen bei einem Anteil von {share}',
  previewCaption: 'Erlös jedes Partners jetzt und beim anderen Anteil',
  readAgain: 'Noch einmal lesen',
  readOnly: 'Sie können die Einstellungen lesen; ändern kann sie nur ein Admin.',
  revenueNow: 'Erlös jetzt',
  revenueThen: 'Erlös dann',
  sameShare: 'Dieser Anteil gilt bereits.',
  settings: 'Einstellungen',
  share: 'Anteil der Partner am Bruttoerlös',
  since: 'Seit {when}, gesetzt von {who}',
  sinceEver: 'Die Vorgabe; sie wurde nie geändert.',
  somebody: 'Jemand',
  subtitle: 'Was Sie hier ändern, gilt sofort für jeden Bericht.',
  theDefault: 'der Vorgabe',
  timeZone: 'Zeitzone',
  to: 'Auf',
  total: 'Alle Partner',
  tryShare: 'Anteil in Prozent ausprobieren',
  when: 'Wann',
  who: 'Wer',
};
