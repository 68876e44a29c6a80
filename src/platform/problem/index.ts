export { declaredProblems, defineProblems } from './catalogue.js';
export { HTTP_PROBLEMS } from './http.problems.js';
export { Problem, type FieldError, type ForeignThing, type ProblemKind } from './problem.js';
export { PROBLEM_MEDIA_TYPE, problemDocument, type ProblemDocument } from './problem-document.js';
