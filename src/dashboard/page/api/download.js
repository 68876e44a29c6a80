/** Files of the API, read as a stream so that a person sees how far it is. */

import { call } from './client.js';

const NEWLINE = 0x0a;

/** @typedef {{ name: string, blob: Blob }} NamedFile */

/**
 * @param {string} path below `/api/`
 * @param {import('./client.js').Query} query
 * @param {AbortSignal} signal
 * @param {(bytes: number, lines: number) => void} onProgress lines after the header
 * @returns {Promise<NamedFile>} the very bytes of the answer
 * @throws where it breaks off: half a file is no file
 */
export async function downloadCsv(path, query, signal, onProgress) {
  const response = await call(path, {
    query: { ...query, format: 'csv' },
    headers: { Accept: 'text/csv' },
    signal,
  });
  const reader = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).getReader();
  /** @type {Uint8Array<ArrayBuffer>[]} */
  const chunks = [];
  let bytes = 0;
  let lines = -1;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    bytes += value.length;
    for (const byte of value) lines += Number(byte === NEWLINE);
    onProgress(bytes, Math.max(lines, 0));
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  return { name: name ?? 'revenue.csv', blob: new Blob(chunks, { type: 'text/csv' }) };
}

/** @param {NamedFile} file */
export function saveFile({ name, blob }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
