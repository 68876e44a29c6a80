import { describeInBrowser } from '../support/browser.js';
import { PageWorld } from '../support/page-world.js';
import { accessible } from './accessible.js';
import { creditHistory, oldCustomer } from './credit-history.js';
import { exportPath } from './export-path.js';
import { byHand } from './by-hand.js';
import { crowd, hardNames } from './hard-names.js';
import { lateAndLostAnswers } from './late-and-lost-answers.js';
import { manyModules } from './many-modules.js';
import { onPaper } from './on-paper.js';
import { overseerPath } from './overseer-path.js';
import { pagesAndLinks } from './pages-and-links.js';
import { partnerPath } from './partner-path.js';
import { reading } from './reading.js';
import { signingIn } from './signing-in.js';
import { states } from './states.js';

/** All of it on one service and in one browser; each file beside this one is a part. */
describeInBrowser('the page, in a browser', () => {
  const world = new PageWorld();
  beforeAll(() => world.open([...crowd(), ...oldCustomer()]), 180_000);
  afterAll(() => world.close());
  afterEach(async () => {
    await world.tidy();
    expect(world.complaints.splice(0)).toEqual([]);
  });

  signingIn(world);
  partnerPath(world);
  byHand(world);
  lateAndLostAnswers(world);
  reading(world);
  pagesAndLinks(world);
  exportPath(world);
  creditHistory(world);
  onPaper(world);
  overseerPath(world);
  states(world);
  hardNames(world);
  manyModules(world);
  accessible(world);
});
