export { ApiProblems } from './api-problems.decorator.js';
