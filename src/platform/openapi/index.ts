export { ApiProblems } from './api-problems.decorator.js';
export { PROBLEM_CODE } from './problem-schema.js';
export { describeModule, openApiText } from './document.js';
export { API_DOCS_PATH, OPENAPI_JSON_PATH } from './paths.js';
export { serveApiDocs } from './serve-api-docs.js';
