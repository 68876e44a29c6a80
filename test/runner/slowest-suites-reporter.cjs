// @ts-check
// Shows which suites took longest, at the end of a run of several: slow suites should be made faster.
const { relative } = require('node:path');

const SHOWN = 15;

module.exports = class SlowestSuitesReporter {
  /**
   * @param {unknown} _contexts
   * @param {import("@jest/test-result").AggregatedResult} results
   */
  onRunComplete(_contexts, results) {
    const suites = results.testResults
      .map(({ testFilePath, perfStats, testResults }) => ({
        path: relative(process.cwd(), testFilePath),
        seconds: perfStats.runtime / 1000,
        tests: testResults.length,
      }))
      .sort((one, other) => other.seconds - one.seconds);
    if (suites.length < 2) return;
    const rows = suites
      .slice(0, SHOWN)
      .map(
        ({ path, seconds, tests }) =>
          `${seconds.toFixed(1).padStart(8)} s ${String(tests).padStart(6)}   ${path}`,
      );
    process.stderr.write(`\nThe slowest of ${suites.length} suites (seconds, tests):\n${rows.join('\n')}\n`);
  }
};
