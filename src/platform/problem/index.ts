export { defineProblems } from './catalogue.js';
export { Problem, type FieldError, type ProblemDetails, type ProblemKind } from './problem.js';
export {
  PROBLEM_MEDIA_TYPE,
  problemDocument,
  problemType,
  type ProblemDocument,
} from './problem-document.js';
