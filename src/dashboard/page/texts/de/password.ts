import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/password.js';

export const texts: Translation<typeof english> = {
  change: 'Passwort ändern …',
  changed: 'Das Passwort ist geändert. Melden Sie sich das nächste Mal mit dem neuen an.',
  current: 'Jetziges Passwort',
  lost: 'Es ist nicht bekannt, ob das Passwort geändert wurde: Die Antwort ging verloren. Versuchen Sie bei der nächsten Anmeldung zuerst das neue, dann das alte.',
  missing: 'Geben Sie das Passwort ein, mit dem Sie sich anmelden.',
  new: 'Neues Passwort',
  newHint: '12 bis 128 Zeichen.',
  repeat: 'Neues Passwort noch einmal',
  repeatWrong: 'Die beiden neuen Passwörter sind verschieden.',
  save: 'Passwort ändern',
  title: 'Ihr Passwort ändern',
  wrongLength: 'Ein Passwort hat 12 bis 128 Zeichen.',
};
