/**
 * Sends a file of records. It uses XMLHttpRequest, because `fetch` does not tell how much of a body was sent, and it
 * streams the file from the disk.
 */

import { base } from '../address/base.js';
import type { Schemas } from './client.js';
import { isRefused, Refusal } from './problem.js';
import { signOut, token } from './session.js';

export type ImportReport = Schemas['ImportReport'];
export type RefusedLine = Schemas['RefusedLine'];

export interface ImportOptions {
  /** All lines or none. */
  readonly atomic: boolean;
  /** User and module lines change existing records. */
  readonly update: boolean;
}

export type ImportEnd =
  | { readonly kind: 'recorded'; readonly report: ImportReport }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The service did not get the whole file, so it recorded nothing. */
  | { readonly kind: 'incomplete'; readonly isCancelled: boolean }
  /** The whole file was sent, and the answer was lost. */
  | { readonly kind: 'unknown' };

export interface Upload {
  readonly end: Promise<ImportEnd>;
  /** Stops the sending; the service then records nothing. It does nothing once the whole file is sent. */
  readonly cancel: () => void;
}

/** @param onProgress bytes that were sent; all of them: the service is recording */
export function sendImport(
  file: File,
  { atomic, update }: ImportOptions,
  onProgress: (bytes: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const url = new URL('api/imports', base());
  if (atomic) url.searchParams.set('atomic', 'true');
  if (update) url.searchParams.set('update', 'true');
  let isSent = false;
  let isCancelled = false;
  const end = new Promise<ImportEnd>((resolve) => {
    const lost = (): void => resolve(isSent ? { kind: 'unknown' } : { kind: 'incomplete', isCancelled });
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(loaded, file.size));
    request.upload.onload = () => {
      isSent = true;
      onProgress(file.size);
    };
    request.onerror = lost;
    request.onabort = lost;
    request.onload = () => resolve(endOf(request));
  });
  request.open('POST', url);
  request.setRequestHeader('Authorization', `Bearer ${token() ?? ''}`);
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Content-Type', 'application/x-ndjson');
  if (isPacked(file)) request.setRequestHeader('Content-Encoding', 'gzip');
  request.send(file);
  return {
    end,
    cancel() {
      isCancelled = true;
      if (!isSent) request.abort();
    },
  };
}

/** Whether the file is compressed; its name says so. */
export function isPacked({ name }: File): boolean {
  return /\.gz$/i.test(name);
}

function endOf({ status, responseText }: XMLHttpRequest): ImportEnd {
  const body = parsed(responseText);
  if (status === 200) {
    return body === null ? { kind: 'unknown' } : { kind: 'recorded', report: body as ImportReport };
  }
  const refusal = new Refusal(status, body ?? {});
  if (status === 401) signOut('expired');
  return isRefused(refusal) ? { kind: 'refused', refusal } : { kind: 'unknown' };
}

function parsed(text: string): object | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}
