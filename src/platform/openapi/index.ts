export { ApiProblems } from './api-problems.decorator.js';
export { API_DOCS_PATH, OPENAPI_JSON_PATH } from './document.js';
