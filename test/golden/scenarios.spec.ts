import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as domain from '../../src/domain/index.js';
import { fromMillionths, cutToSixPlaces, times } from '../reference/exact-fraction.js';
import { slowJudge } from '../reference/slow-judge.js';
import { SlowLedger } from '../reference/slow-ledger.js';
import { drawHistory, drawRefusals } from '../support/ledger-picture.js';
import { drawRevenueCsv, type DeployedRow } from '../support/ledger-revenue-csv.js';
import {
  GOLDEN_FOLDER,
  playScenario,
  scenarioNames,
  type Judge,
  type Scenario,
} from '../support/ledger-scenario.js';
import { tellStory, type Story } from '../support/ledger-story.js';

/** The partner whose CSV is drawn; defined in test/golden/platform.ndjson. */
const PARTNER = 'pia';

/** An implementation of judging, folding and the share: the domain, or the slow version. */
interface Rules {
  readonly judge: Judge;
  readonly tell: (entries: readonly domain.Entry[]) => Story;
  readonly revenueAt30: (gross: bigint) => string;
}

const FOLD: Rules = {
  judge: (recorded, candidates) => domain.judgeAndFold(recorded, candidates),
  tell: (entries) => tellStory(domain, entries),
  revenueAt30: (gross) => domain.formatRevenue(domain.revenueOf(gross, 300_000n)),
};

const SLOW: Rules = {
  judge: (recorded, candidates) => {
    const verdicts = slowJudge(recorded, candidates);
    return {
      accepted: verdicts.filter(({ reason }) => reason === null).map(({ candidate }) => candidate),
      refused: verdicts.flatMap(({ candidate, reason, left }) =>
        reason === null ? [] : [{ candidate, reason, leftCredits: left }],
      ),
    };
  },
  tell: (entries) => new SlowLedger(entries).story(),
  // Three tenths of a number of 6 places have 7 places, so ten times as much, cut to 6, is exact.
  revenueAt30: (gross) => {
    const tenfold = cutToSixPlaces(times(fromMillionths(gross), { numerator: 3n, denominator: 1n }));
    const digits = tenfold.toString().padStart(8, '0');
    return `${digits.slice(0, -7)}.${digits.slice(-7)}`.replace(/\.?0+$/, '');
  },
};

function drawScenario(name: string, rules: Rules): { history: string; csv: string } {
  const scenario = playScenario(name, rules.judge);
  const stories = [...scenario.ledgers].map(([userId, entries]) => [userId, rules.tell(entries)] as const);
  const rowsOf = (story: Story): DeployedRow[] => deployedRows(scenario, story);
  const revenueOf = (deploymentId: string, gross: bigint): string => {
    const row = stories
      .flatMap(([, story]) => rowsOf(story))
      .find(({ end }) => end.spend === `deployment ${deploymentId}`);
    return row?.module.partnerId === null ? '0' : rules.revenueAt30(gross);
  };
  const refusals = drawRefusals(scenario.refused);
  const histories = stories.map(([userId, story]) => drawHistory(userId, story, revenueOf));
  return {
    history: [...(refusals === '' ? [] : [refusals]), ...histories].join('\n'),
    csv: drawRevenueCsv(
      PARTNER,
      stories.flatMap(([, story]) => rowsOf(story)),
      rules.revenueAt30,
    ),
  };
}

function deployedRows({ modules, ledgers }: Scenario, story: Story): DeployedRow[] {
  const deployments = [...ledgers.values()].flat().filter((entry) => entry.type === 'deployment');
  return story.spends.flatMap((end) => {
    const deployment = deployments.find(({ id }) => end.spend === `deployment ${id}`);
    const module = deployment && modules.get(deployment.moduleId);
    return module === undefined ? [] : [{ module, end }];
  });
}

/** GOLDEN_WRITE=1 writes the pictures again; every changed line must then be explained in the scenario's why.md. */
function expected(name: string, file: string, actual: string): string {
  const path = join(GOLDEN_FOLDER, name, file);
  if (process.env.GOLDEN_WRITE === '1') writeFileSync(path, actual);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

describe.each(scenarioNames())('%s', (name) => {
  it('matches its picture', () => {
    const { history, csv } = drawScenario(name, FOLD);
    expect(history).toBe(expected(name, 'history.txt', history));
    expect(csv).toBe(expected(name, 'revenue.csv', csv));
  });

  it('matches its picture with the slow version too', () => {
    const { history, csv } = drawScenario(name, SLOW);
    expect(history).toBe(expected(name, 'history.txt', history));
    expect(csv).toBe(expected(name, 'revenue.csv', csv));
  });

  it('has an explanation', () => {
    expect(readFileSync(join(GOLDEN_FOLDER, name, 'why.md'), 'utf8')).toMatch(/^# \S.*\n\n\S/);
  });
});
