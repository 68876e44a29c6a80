/**
 * Prints the report on the screen with all its rows. It reads them first, because a browser does not wait while
 * printing.
 */

import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../ui/button.js';
import type { Printing } from '../print/printing.js';
import { t } from '../texts.js';

export interface PrintButtonProps {
  readonly printing: Printing;
  readonly isOffered: boolean;
}

export function PrintButton({ printing, isOffered }: PrintButtonProps): JSX.Element {
  const { isReading, failure, start, cancel } = printing;
  const press = (): void => {
    if (isReading) cancel();
    else if (isOffered) start();
  };
  usePrintKey(!isReading && isOffered, press);
  return (
    <div class="export printing">
      <Button icon={isReading ? 'close' : 'print'} isDisabled={!isReading && !isOffered} onPress={press}>
        {isReading ? t('cancelPrinting') : t('print')}
      </Button>
      <div class="export-status" role="status">
        {isReading ? t('printReading') : failure}
      </div>
    </div>
  );
}

/** The browser's key for printing reads all rows first, like the button; not while a dialog is open. */
function usePrintKey(isReady: boolean, press: () => void): void {
  const latest = useRef({ isReady, press });
  useEffect(() => {
    latest.current = { isReady, press };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isPrintKey =
        (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key === 'p';
      if (!isPrintKey || !latest.current.isReady || document.querySelector('dialog[open]') !== null) return;
      event.preventDefault();
      latest.current.press();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
