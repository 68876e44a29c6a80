/** Files of the API, read as a stream so that the user sees the progress. */

import { call } from './client.js';

const NEWLINE = 0x0a;
const CSV_TYPE = 'text/csv';

/** @typedef {(bytes: number, lines: number) => void} OnProgress lines after the header */
/** @typedef {{ name: string, bytes: number }} Saved */
/** @typedef {{ remove?: () => Promise<void> }} Removable not every browser can remove a file */

/**
 * Asks for a place for the file, if the browser can write it in parts, so that the file is never in memory as a whole.
 * Call it from a click.
 *
 * @param {string} suggestedName
 * @returns {Promise<FileSystemFileHandle | null>} null: the browser or its settings do not allow it
 * @throws {DOMException} `AbortError` if the user chose no place
 */
export async function askForPlace(suggestedName) {
  if (!('showSaveFilePicker' in globalThis)) return null;
  const { showSaveFilePicker } =
    /** @type {{ showSaveFilePicker: (options: object) => Promise<FileSystemFileHandle> }} */ (
      /** @type {unknown} */ (globalThis)
    );
  const types = [{ accept: { [CSV_TYPE]: ['.csv'] } }];
  try {
    return await showSaveFilePicker({ suggestedName, types });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    return null;
  }
}

/**
 * Saves the bytes of the response unchanged: the whole file, or nothing.
 *
 * @param {string} path below `/api/`
 * @param {import('./client.js').Query} query
 * @param {FileSystemFileHandle | null} place null: collected completely, then saved as a normal download
 * @param {AbortSignal} signal
 * @param {OnProgress} onProgress
 * @returns {Promise<Saved>}
 */
export async function saveCsv(path, query, place, signal, onProgress) {
  const file = (await place?.createWritable()) ?? null;
  try {
    const headers = { Accept: CSV_TYPE };
    const response = await call(path, { query: { ...query, format: 'csv' }, headers, signal });
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    let size = 0;
    const counted = counting((bytes, lines) => onProgress((size = bytes), lines));
    const body = /** @type {ReadableStream<Uint8Array<ArrayBuffer>>} */ (response.body).pipeThrough(counted);
    if (file === null) saveBlob(name ?? 'revenue.csv', await blobOf(body));
    else await body.pipeTo(file, { signal });
    return { name: place?.name ?? name ?? 'revenue.csv', bytes: size };
  } catch (error) {
    await file?.abort().catch(() => undefined);
    // The dialog has already created an empty file there.
    await /** @type {Removable | null} */ (place)?.remove?.().catch(() => undefined);
    throw error;
  }
}

/**
 * @param {OnProgress} onProgress
 * @returns {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>}
 */
function counting(onProgress) {
  let bytes = 0;
  let lines = -1;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.length;
      for (const byte of chunk) lines += Number(byte === NEWLINE);
      onProgress(bytes, Math.max(lines, 0));
      controller.enqueue(chunk);
    },
  });
}

/**
 * @param {ReadableStream} body
 * @returns {Promise<Blob>} in memory, or in the browser's storage for large ones
 */
function blobOf(body) {
  return new Response(body, { headers: { 'Content-Type': CSV_TYPE } }).blob();
}

/**
 * @param {string} name
 * @param {Blob} blob
 */
function saveBlob(name, blob) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
