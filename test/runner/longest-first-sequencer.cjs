// @ts-check
// Starts the longest suites first, so that the last minute of a run is not one suite while the other workers wait. Jest
// does the same by the times that it remembers, but a fresh clone, as in CI, has none.
const TestSequencer = require('@jest/test-sequencer').default;

/** The kinds of suites that take longest, longest first. */
const LONGEST = [
  /test\/browser\//,
  /test\/medium\/complete-journey/,
  /test\/e2e\/(process|demo|readme|folder|openapi-lint)-?/,
  /test\/hostile\//,
  /test\/e2e\/(migration|hostile-input)/,
  /test\/medium\//,
  /test\/e2e\//,
];

/** @param {import('@jest/test-result').Test} test */
function rankOf({ path }) {
  const rank = LONGEST.findIndex((kind) => kind.test(path));
  return rank === -1 ? LONGEST.length : rank;
}

module.exports = class LongestFirstSequencer extends TestSequencer {
  /**
   * @override
   * @param {import('@jest/test-result').Test[]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    return sorted.toSorted((one, other) => rankOf(one) - rankOf(other));
  }
};
