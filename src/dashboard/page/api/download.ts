/** Files of the API, read as a stream so that the user sees the progress. */

import { requestFile, type Query } from './client.js';

const NEWLINE = 0x0a;
const CSV_TYPE = 'text/csv';

/** lines after the header */
export type OnProgress = (bytes: number, lines: number) => void;
export type Saved = { name: string; bytes: number };
/** not every browser can remove a file */
type Removable = { remove?: () => Promise<void> };

/**
 * Asks for a place for the file, if the browser can write it in parts, so that the file is never in memory as a whole.
 * Call it from a click.
 * @throws {DOMException} `AbortError` if the user chose no place
 *
 * @returns null: the browser or its settings do not allow it
 */
export async function askForPlace(suggestedName: string): Promise<FileSystemFileHandle | null> {
  if (!('showSaveFilePicker' in globalThis)) return null;
  const { showSaveFilePicker } = globalThis as unknown as {
    showSaveFilePicker: (options: object) => Promise<FileSystemFileHandle>;
  };
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
 * @param path below `/api/`
 * @param place null: collected completely, then saved as a normal download
 */
export async function saveCsv(
  path: string,
  query: Query,
  place: FileSystemFileHandle | null,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<Saved> {
  const file = (await place?.createWritable()) ?? null;
  try {
    const asked = { query: { ...query, format: 'csv' }, accept: CSV_TYPE, signal };
    const response = await requestFile(path, asked);
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
    let size = 0;
    const counted = counting((bytes, lines) => onProgress((size = bytes), lines));
    const body = (response.body as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(counted);
    if (file === null) saveBlob(name ?? 'revenue.csv', await blobOf(body));
    else await body.pipeTo(file, { signal });
    return { name: place?.name ?? name ?? 'revenue.csv', bytes: size };
  } catch (error) {
    await file?.abort().catch(() => undefined);
    // The dialog has already created an empty file there.
    await (place as Removable | null)?.remove?.().catch(() => undefined);
    throw error;
  }
}

function counting(onProgress: OnProgress): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
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

/** Returns in memory, or in the browser's storage for large ones. */
function blobOf(body: ReadableStream): Promise<Blob> {
  return new Response(body, { headers: { 'Content-Type': CSV_TYPE } }).blob();
}

export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Saves a text that the page itself has written. */
export function saveText(name: string, text: string): void {
  saveBlob(name, new Blob(['\ufeff', text], { type: CSV_TYPE }));
}
