// @ts-check
// A Jest environment without a context of its own: suites run with the globals of their worker, so that the modules
// of one suite are available to the next. Changes of globals by a suite are undone after it.
const { LegacyFakeTimers, ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

const TIMER_IDS = {
  idToRef: (/** @type {number} */ id) => id,
  refToId: (/** @type {number} */ timer) => timer,
};

module.exports = class SharedEnvironment {
  /** @param {import('@jest/environment').JestEnvironmentConfig} config */
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.before = {
      console: globalThis.console,
      exit: process.exit,
      env: process.env,
      values: { ...process.env },
    };
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = new LegacyFakeTimers({
      config: projectConfig,
      global: globalThis,
      moduleMocker: this.moduleMocker,
      timerConfig: TIMER_IDS,
    });
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  async teardown() {
    this.moduleMocker.restoreAllMocks();
    this.fakeTimersModern.dispose();
    globalThis.console = this.before.console;
    process.exit = this.before.exit;
    process.env = this.before.env;
    for (const name of Object.keys(process.env)) if (!(name in this.before.values)) delete process.env[name];
    Object.assign(process.env, this.before.values);
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return null;
  }
};
