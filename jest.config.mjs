// One module graph a worker: docs/decisions/0008-tests-share-modules.md.
import { availableParallelism } from 'node:os';

/** @type {import('jest').Config} */
export default {
  testEnvironment: '<rootDir>/test/runner/shared-environment.cjs',
  runtime: '<rootDir>/test/runner/shared-runtime.cjs',
  roots: ['<rootDir>/src', '<rootDir>/test'],
  testMatch: ['**/*.spec.{ts,tsx}'],
  transform: {},
  maxWorkers: availableParallelism() + 1, // Many suites wait, for processes and for times.
  testSequencer: '<rootDir>/test/runner/longest-first-sequencer.cjs',
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  reporters: ['default', '<rootDir>/test/runner/slowest-suites-reporter.cjs'],
  testTimeout: 60_000,
};
