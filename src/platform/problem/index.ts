export { defineProblems } from './catalogue.js';
export { Problem, type FieldError, type ProblemDetails, type ProblemKind } from './problem.js';
