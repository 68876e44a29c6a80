// @ts-check
// Jest's runtime with Node's own module cache: the suites of one worker share every module but the suite's own file and
// jest-circus. Why: docs/decisions/0008-tests-share-modules.md. Pin Jest: this overrides internals of jest-runtime.
const { createRequire } = require('node:module');
/** @type {any} its types declare less than this class overrides */
const Runtime = require('jest-runtime').default;
const { sourceMaps } = require('./load-typescript.cjs');

const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');
const WITHOUT_EFFECT = ['mock', 'doMock', 'unmock', 'unstable_mockModule', 'isolateModules', 'resetModules'];

module.exports = class SharedRuntime extends Runtime {
  /** @param {any[]} args the seventh is the path of the suite */
  constructor(...args) {
    super(...args);
    this.requireNative = createRequire(args[6]);
  }

  unstable_shouldLoadAsEsm() {
    return false;
  }

  /**
   * Loads a suite or a setup file.
   *
   * @param {string} from
   * @param {string} [name]
   */
  requireModule(from, name) {
    const path = this.requireNative.resolve(name ?? from);
    Object.assign(globalThis, { jest: this.jestFor(from) });
    if (/\.spec\.tsx?$/.test(path)) delete require.cache[path];
    return this.requireNative(path);
  }

  /**
   * Loads jest-circus again for each suite, because it contains the suite's state.
   *
   * @param {string} from
   * @param {string} [to]
   */
  requireInternalModule(from, to) {
    const path = createRequire(from).resolve(to ?? from);
    delete require.cache[path];
    Reflect.deleteProperty(globalThis, EVENT_HANDLERS);
    return require(path);
  }

  /** @param {string} from */
  jestFor(from) {
    const jest = this.jestGlobals.jestObjectFor(from);
    for (const name of WITHOUT_EFFECT) {
      jest[name] = () => {
        throw new Error(`jest.${name} has no effect here: the suites of a worker share their modules.`);
      };
    }
    return jest;
  }

  getSourceMaps() {
    return sourceMaps;
  }
};
