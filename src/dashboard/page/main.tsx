/** Starts the page. */

import { effect } from '@preact/signals';
import { render } from 'preact';
import { startRouter } from './address/router.js';
import { resumeSession } from './api/session.js';
import { App } from './app/app.js';
import { followFormerAddress } from './app/former-address.js';
import { readBrand } from './brand/brand.js';
import { language, theme } from './preferences/preferences.js';
import { textsReady } from './texts/catalogue.js';

startRouter();
followFormerAddress();
resumeSession();
effect(() => {
  document.documentElement.lang = language.value;
  document.documentElement.dataset['theme'] = theme.value;
  void textsReady();
});
void Promise.all([textsReady(), readBrand()]).then(() => render(<App />, document.body));
