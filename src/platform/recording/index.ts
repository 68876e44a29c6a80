export { refused, winnersOf, type RecordOutcome } from './record-outcome.js';
