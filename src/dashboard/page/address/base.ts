/**
 * The address below which the service is, with its last slash: `https://revenue.example/` or `https://example/revenue/`.
 * The page's script is at `page/main.js` below it, whatever the address of the view is.
 */
export function base(): URL {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
  return new URL('..', new URL(script?.getAttribute('src') ?? 'page/main.js', firstAddress));
}

/** The script's address in the document is relative to the address that was loaded, which navigation replaces. */
const firstAddress = globalThis.document?.baseURI ?? 'http://localhost/';
