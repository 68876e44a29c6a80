import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/variables.js';

export const texts: Translation<typeof english> = {
  change: 'Ändern …',
  creditsPerUnitHint:
    'Gilt von jetzt an für Käufe ohne Betrag; die schon verbuchten behalten ihren. 0,01 bis 1.000.000, höchstens 2 Nachkommastellen.',
  creditsPerUnitWrong: 'Eine Zahl von 0,01 bis 1.000.000 mit höchstens 2 Nachkommastellen.',
  currencyHint:
    'Ein Code wie EUR (ISO 4217). Er kann nicht mehr geändert werden, sobald ein Kauf verbucht ist.',
  currencyWrong: 'Drei Großbuchstaben, etwa EUR.',
  minimumPayoutHint:
    'Weniger wird nicht ausgezahlt, sondern auf die nächste Abrechnung übertragen. 0 oder mehr, höchstens 6 Nachkommastellen.',
  minimumPayoutWrong: 'Eine Zahl ab 0 mit höchstens 6 Nachkommastellen.',
  meanwhile:
    '{who} hat inzwischen {value} gesetzt. Nichts wurde überschrieben. Speichern Sie noch einmal, um Ihren Wert zu setzen.',
  save: 'Speichern',
  saved: '{name}: {value} gilt.',
  somebody: 'Jemand',
  timeZoneHint: 'In ihr beginnen Tage, Wochen und Monate jedes Berichts. Ein Name wie Europe/Berlin.',
  timeZoneWrong: 'Ein Name wie Europe/Berlin oder UTC.',
};
