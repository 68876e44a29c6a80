export { readJson } from './json-text.js';
export { RESERVED_NAMES } from './reserved-names.js';
