/** The page's requests about settings. */

import { call, get, readJson } from './client.js';

/** @typedef {import('./revenue.js').Schemas} Schemas */
/** @typedef {Schemas['Variable']} Variable */
/** @typedef {Schemas['VariableChange']} Change */
/** @typedef {import('./client.js').Query} Query */

const SHARE = 'variables/partnerRevenueShare';
/** A write that takes longer is treated as lost. */
const LONGEST_WRITE_MS = 30_000;

/** @typedef {{ variable: Variable, etag: string }} Tagged */

/**
 * @param {AbortSignal} [signal]
 * @returns {Promise<Tagged>}
 */
export async function readShare(signal) {
  return tagged(await call(SHARE, { signal }));
}

/**
 * @param {string} value percent
 * @param {string} etag of the value that was read: if the value has changed since, the service changes nothing (412)
 * @returns {Promise<Tagged>}
 */
export async function changeShare(value, etag) {
  const signal = AbortSignal.timeout(LONGEST_WRITE_MS);
  const headers = { 'If-Match': etag };
  return tagged(await call(SHARE, { method: 'PUT', body: { value }, headers, signal }));
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<{ data: Change[], page: { nextCursor: string | null } }>} the latest change first
 */
export function readHistory(signal) {
  return get(`${SHARE}/history`, { query: { limit: '50' }, signal });
}

/**
 * @param {AbortSignal} signal
 * @returns {Promise<{ data: Variable[] }>}
 */
export function readVariables(signal) {
  return get('variables', { signal });
}

/** @typedef {Schemas['SharePreview']} Preview */
/** @typedef {Schemas['SharePreviewFigures']} PreviewFigures */

/**
 * @param {string} value percent
 * @param {Query} filter
 * @param {AbortSignal} signal
 * @returns {Promise<Preview>}
 */
export function readPreview(value, filter, signal) {
  return get(`${SHARE}/preview`, { query: { ...filter, value }, signal });
}

/**
 * @param {Response} response
 * @returns {Promise<Tagged>}
 */
async function tagged(response) {
  /** @type {Variable} */
  const variable = await readJson(response);
  return { variable, etag: response.headers.get('ETag') ?? '' };
}
