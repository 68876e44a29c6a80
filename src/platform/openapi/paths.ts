/** Paths of Swagger UI and of the document; both need no token. */
export const API_DOCS_PATH = '/api/docs';
export const OPENAPI_JSON_PATH = '/api/openapi.json';
