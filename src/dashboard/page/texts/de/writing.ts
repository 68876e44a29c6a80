import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/writing.js';

export const texts: Translation<typeof english> = {
  allShown: { one: '{count} Eintrag, alle gezeigt', other: '{count} Einträge, alle gezeigt' },
  askAgain: 'Noch einmal fragen',
  nothingChanged: 'Nichts wurde geändert. {why}',
  notKnown:
    'Es ist nicht bekannt, ob das geschehen ist: Die Antwort ging verloren. Fragen Sie noch einmal; es geschieht höchstens einmal.',
  sending: 'Wird gesendet …',
  showMore: 'Mehr zeigen',
  someShown: { one: '{count} Eintrag gezeigt', other: '{count} Einträge gezeigt' },
  csv: 'CSV exportieren',
  exportFailed: 'Der Export ist abgebrochen, nichts wurde gespeichert. {why}',
  exporting: 'Wird gelesen …',
  noAnswer: 'Der Dienst antwortet nicht. Versuchen Sie es noch einmal.',
  saved: '{name} gespeichert.',
};
