import type { Translation } from '../catalogue.js';
import type { texts as english } from '../en/sign-in.js';

export const texts: Translation<typeof english> = {
  continueWithToken: 'Mit dem Token fortfahren',
  email: 'E-Mail-Adresse',
  expired: 'Ihre Sitzung ist abgelaufen. Melden Sie sich erneut an, um weiterzumachen, wo Sie waren.',
  lead: 'Was Ihre Module eingebracht haben, und genau warum.',
  password: 'Passwort',
  signIn: 'Anmelden',
  token: 'Token Ihrer Plattform',
  tokenHint: 'Es bleibt in diesem Browser-Tab und wird vergessen, wenn Sie ihn schließen.',
  tokenRefused: 'Der Dienst nimmt dieses Token nicht an: Es ist falsch oder abgelaufen.',
  tooManyAttempts: 'Zu viele Versuche. Warten Sie ein paar Minuten und versuchen Sie es dann erneut.',
  unreachable: 'Der Dienst ist nicht erreichbar. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  usePlatform: 'Ihre Plattform übernimmt die Anmeldung. Fügen Sie unten ihr Zugriffstoken ein.',
  useToken: 'Stattdessen ein Zugriffstoken verwenden',
  wrongPassword: 'Die E-Mail-Adresse oder das Passwort ist falsch.',
};
