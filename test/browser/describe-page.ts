import { describeInBrowser } from '../support/browser.js';
import { PageWorld } from '../support/page-world.js';
import { oldCustomer } from './credit-history.js';
import { crowd } from './hard-names.js';
import { customersOfRecording } from './recording.js';
import { customerOfTakingBack } from './taking-back.js';

/** Runs these parts, each from a file in this folder, with one service and one browser. */
export function describePage(...parts: readonly ((world: PageWorld) => void)[]): void {
  describeInBrowser('the page, in a browser', () => {
    const world = new PageWorld();
    beforeAll(
      () => world.open([...crowd(), ...oldCustomer(), ...customersOfRecording(), ...customerOfTakingBack()]),
      180_000,
    );
    afterAll(() => world.close());
    afterEach(async () => {
      await world.tidy();
      expect(world.complaints.splice(0)).toEqual([]);
    });
    for (const part of parts) part(world);
  });
}
