import { defineProblems } from './catalogue.js';

/** Errors of the HTTP layer itself, before or after any feature. Invalid input is `REQUEST.INVALID`. */
export const HTTP_PROBLEMS = defineProblems('HTTP', {
  BAD_REQUEST: { status: 400, title: 'The request cannot be understood' },
  ROUTE_NOT_FOUND: { status: 404, title: 'There is no route at this address' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This address does not accept this method' },
  NOT_ACCEPTABLE: { status: 406, title: 'The answer cannot be given in an accepted format' },
  REQUEST_TIMEOUT: { status: 408, title: 'The request took too long to arrive' },
  CONFLICT: { status: 409, title: 'The request collided with another' },
  PRECONDITION_FAILED: { status: 412, title: 'The condition of the request is not met' },
  CONTENT_TOO_LARGE: { status: 413, title: 'The request is too large' },
  ADDRESS_TOO_LONG: { status: 414, title: 'The address of the request is too long' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The format of the body is not supported' },
  EXPECTATION_FAILED: { status: 417, title: 'The header Expect has an unknown value' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  HEADERS_TOO_LARGE: { status: 431, title: 'The headers of the request are too large' },
  INTERNAL: { status: 500, title: 'The service has failed' },
  OUTCOME_UNKNOWN: { status: 503, title: 'It is unknown whether the change was made' },
  UNAVAILABLE: { status: 503, title: 'The service cannot answer now' },
});
