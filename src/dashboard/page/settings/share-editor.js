/** The partners' share: shown, previewed, confirmed, and never set over another user's change. */

import { isRefused } from '../api/client.js';
import { changeShare, readShare } from '../api/settings.js';
import { h, name, put } from '../dom/element.js';
import { units } from '../exact/decimal.js';
import { share } from '../exact/format.js';
import { instantName } from '../exact/time.js';
import { confirmDialog } from './confirm-dialog.js';
import { PreviewPanel } from './preview-panel.js';

/** 0 to 100 with at most 4 places, as the service accepts it. */
const SHARE = /^(?:100(?:\.0{1,4})?|\d{1,2}(?:\.\d{1,4})?)$/;

/** If reading again takes longer, the share counts as unknown. */
const LONGEST_READ_MS = 10_000;

/** @typedef {import('../api/settings.js').Tagged} Tagged */
/** @typedef {{ mayChange: boolean, platform: import('../api/revenue.js').Platform, onChange: () => void }} Options */

export class ShareEditor {
  #current = h('p', { class: 'share-now' });
  #since = h('p', { class: 'hint' });
  #error = h('p', { class: 'form-error', id: 'share-error', role: 'alert' });
  #status = h('div', { role: 'status' });
  #save = h('button', { class: 'button primary' }, 'Change …');
  #input = h('input', {
    type: 'text',
    name: 'share',
    inputmode: 'decimal',
    autocomplete: 'off',
    'aria-describedby': 'share-error',
    oninput: () => this.#tryOut(),
  });
  #preview;
  #now;
  #options;
  /** @type {HTMLElement} */
  element;

  /**
   * @param {Tagged} now
   * @param {Options} options
   */
  constructor(now, options) {
    this.#now = now;
    this.#options = options;
    this.#preview = new PreviewPanel(options.platform);
    this.#input.value = now.variable.value;
    this.element = this.#build();
    this.#showNow();
    this.#tryOut();
  }

  close() {
    this.#preview.close();
  }

  #build() {
    const { mayChange } = this.#options;
    const submit = (/** @type {SubmitEvent} */ event) => {
      event.preventDefault();
      if (mayChange) void this.#submit();
    };
    const label = mayChange ? 'New share, percent' : 'Try a share, percent';
    const form = h(
      'form',
      { class: 'share-form', onsubmit: submit },
      h('label', { class: 'field' }, h('span', {}, label), this.#input),
      mayChange && this.#save,
    );
    return h(
      'section',
      { class: 'card' },
      h('div', { class: 'card-head' }, h('h2', {}, 'Partners’ share of gross revenue')),
      h(
        'div',
        { class: 'share-card' },
        h('div', {}, this.#current, this.#since),
        h('div', {}, form, this.#error, this.#status),
      ),
      this.#preview.element,
    );
  }

  #showNow() {
    const { value, updatedAt, updatedBy } = this.#now.variable;
    const since =
      updatedAt === null
        ? 'The default; it was never changed.'
        : `Since ${instantName(updatedAt, this.#options.platform.timeZone)}, set by `;
    put(this.#current, share(value));
    put(this.#since, since, updatedBy !== null && name(updatedBy));
  }

  /** @returns {string | null} the typed share in the service's spelling; null if it is not a share */
  #typed() {
    const text = this.#input.value
      .trim()
      .replace(',', '.')
      .replace(/^0+(?=\d)/, '');
    return SHARE.test(text) ? text : null;
  }

  #tryOut() {
    const value = this.#typed();
    put(this.#error, value === null && 'A number from 0 to 100, with at most 4 places.');
    this.#input.setAttribute('aria-invalid', String(value === null));
    this.#preview.show(value);
  }

  async #submit() {
    const value = this.#typed();
    if (value === null) {
      this.#input.focus();
      return;
    }
    put(this.#status);
    if (await confirmDialog(confirmText(this.#now.variable.value, value))) await this.#change(value);
    this.#save.focus();
  }

  /** @param {string} value */
  async #change(value) {
    this.#save.disabled = true;
    try {
      this.#take(await changeShare(value, this.#now.etag));
      put(this.#status, h('p', { class: 'notice good' }, `Changed. Every report now uses ${share(value)}.`));
      this.#preview.show(value);
    } catch (error) {
      await this.#explain(error, value);
    } finally {
      this.#save.disabled = false;
    }
  }

  /** @param {Tagged} tagged */
  #take(tagged) {
    this.#now = tagged;
    this.#options.platform.share = tagged.variable.value;
    this.#showNow();
    this.#options.onChange();
  }

  /**
   * Explains a failed change. After a conflict or a lost response it reads the share again and shows the value in
   * force. The typed value stays.
   *
   * @param {unknown} error
   * @param {string} wanted percent
   */
  async #explain(error, wanted) {
    const isConflict = isRefused(error) && error.status === 412;
    if (isRefused(error) && !isConflict) {
      this.#showFailure(`Nothing was changed. ${error.message}`);
      return;
    }
    try {
      this.#take(await readShare(AbortSignal.timeout(LONGEST_READ_MS)));
    } catch {
      this.#showUnknown(error, wanted);
      return;
    }
    this.#preview.show(wanted);
    if (isConflict) this.#showConflict(wanted);
    else this.#showAfterLoss(wanted);
  }

  /** @param {string} wanted percent */
  #showConflict(wanted) {
    const { updatedBy, value } = this.#now.variable;
    this.#showFailure(
      name(updatedBy ?? 'Somebody'),
      ` set the share to ${share(value)} meanwhile. Nothing was overwritten: your ${share(wanted)} is not in force.` +
        ' Look at the figures again before you change it.',
    );
  }

  /** @param {string} wanted percent */
  #showAfterLoss(wanted) {
    const { updatedBy, value } = this.#now.variable;
    const lost = 'The answer to your change was lost, so the share was read again: ';
    if (isSame(value, wanted)) {
      const text = `${lost}it was changed. Every report now uses ${share(value)}, set by `;
      put(this.#status, h('p', { class: 'notice good' }, text, name(updatedBy ?? 'the default'), '.'));
      return;
    }
    const who = updatedBy === null ? [', the default'] : [', set by ', name(updatedBy)];
    this.#showFailure(`${lost}${share(value)} is in force`, ...who, `. Your ${share(wanted)} is not.`);
  }

  /**
   * @param {unknown} error
   * @param {string} wanted percent
   */
  #showUnknown(error, wanted) {
    const isConflict = isRefused(error);
    const text = isConflict
      ? `Your ${share(wanted)} is not in force: the share was changed meanwhile, and the new one could not be read.`
      : `It is not known whether the share is ${share(wanted)} now: the answer to your change was lost, and the share could not be read again.`;
    const again = () => void this.#explain(error, wanted);
    const button = h('button', { type: 'button', class: 'button', onclick: again }, 'Read it again');
    put(this.#status, h('div', { class: 'notice bad', role: 'alert' }, h('p', {}, text), button));
  }

  /** @param {...(Node | string)} text */
  #showFailure(...text) {
    put(this.#status, h('p', { class: 'notice bad', role: 'alert' }, ...text));
  }
}

/**
 * @param {string} value in the service's spelling
 * @param {string} typed can have zeros at its end
 * @returns {boolean}
 */
function isSame(value, typed) {
  return units(value) === units(typed);
}

/**
 * @param {string} from
 * @param {string} to
 */
function confirmText(from, to) {
  return {
    title: `Change the share from ${share(from)} to ${share(to)}?`,
    text: 'It applies at once to every report of every partner, past deployments included. Closed statements keep their own share.',
    action: 'Change the share',
  };
}
