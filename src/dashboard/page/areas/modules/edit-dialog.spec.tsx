import type { Module } from '../../api/modules.js';
import { TestPage, type Answer } from '../../testing/page.js';
import { EditDialog } from './edit-dialog.js';

const MAPS: Module = {
  id: 'maps',
  name: 'Maps',
  partnerId: 'acme',
  creditCost: '10',
  requiresPurchasedCredits: false,
  archived: false,
};

const page = new TestPage();
const told: Module[] = [];
let closed = 0;

async function open(): Promise<void> {
  told.length = 0;
  closed = 0;
  await page.open();
  await page.show(
    <EditDialog module={MAPS} onChange={(now) => told.push(now)} onClose={() => (closed += 1)} />,
  );
}

function serves(module: Module, patch: () => Answer): void {
  page.answers = { 'GET /api/modules/maps': () => ({ body: module }), 'PATCH /api/modules/maps': patch };
}

function sent(): object[] {
  return page.requests
    .filter(({ route }) => route.startsWith('PATCH'))
    .map(({ body }) => JSON.parse(body) as object);
}

describe('editing a module', () => {
  beforeEach(open);
  afterEach(() => page.close());

  it('sends only what was changed', async () => {
    serves(MAPS, () => ({ body: { ...MAPS, creditCost: '12.5' } }));
    await page.type('Price, credits for each deployment', '12,5');
    await page.press('Save');
    await page.until(() => closed === 1);
    expect(sent()).toEqual([{ creditCost: '12.5' }]);
    expect(told).toEqual([{ ...MAPS, creditCost: '12.5' }]);
  });

  it('does not overwrite a price that somebody else set meanwhile, and then does if it is wanted', async () => {
    const now = { ...MAPS, creditCost: '30' };
    serves(now, () => ({ body: { ...MAPS, creditCost: '12' } }));
    await page.type('Price, credits for each deployment', '12');
    await page.press('Save');
    await page.sees('Somebody changed this module meanwhile: Price 30. Nothing was overwritten.');
    expect([sent(), told]).toEqual([[], [now]]);
    await page.press('Save');
    await page.until(() => closed === 1);
    expect(sent()).toEqual([{ creditCost: '12' }]);
  });
});

describe('editing a module while answers are lost', () => {
  beforeEach(open);
  afterEach(() => page.close());

  it('finds its own change if the answer was lost', async () => {
    let stored = MAPS;
    let attempts = 0;
    page.answers = {
      'GET /api/modules/maps': () => ({ body: stored }),
      'PATCH /api/modules/maps': () => {
        stored = { ...MAPS, name: 'Atlas' };
        return (attempts += 1) === 1 ? 'lost' : { body: stored };
      },
    };
    await page.type('Name', 'Atlas');
    await page.press('Save');
    await page.until(() => closed === 1);
    expect(told).toEqual([{ ...MAPS, name: 'Atlas' }]);
  });

  it('never says that nothing was changed if all answers were lost, and asks again on request', async () => {
    serves(MAPS, () => 'lost');
    await page.type('Name', 'Atlas');
    await page.press('Save');
    await page.sees('It is not known whether this was done');
    expect(document.body.textContent).not.toContain('Nothing was changed');
    serves({ ...MAPS, name: 'Atlas' }, () => ({ body: { ...MAPS, name: 'Atlas' } }));
    await page.press('Ask again');
    await page.until(() => closed === 1);
  });

  it('shows a refusal beside its field', async () => {
    serves(MAPS, () => ({
      status: 400,
      body: {
        detail: 'No.',
        code: 'REQUEST.INVALID',
        errors: [{ field: 'name', message: 'must be shorter' }],
      },
    }));
    await page.type('Name', 'Atlas');
    await page.press('Save');
    await page.sees('must be shorter');
    await page.sees('Nothing was changed. No.');
    expect(closed).toBe(0);
  });
});
