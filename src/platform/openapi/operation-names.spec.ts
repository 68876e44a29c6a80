import { unfitNames } from './operation-names.js';

const named = (method: string, operationId: string): Parameters<typeof unfitNames>[0][number] => ({
  method,
  path: '/api/things',
  operation: { operationId, responses: {} },
});

describe('unfitNames', () => {
  it.each([
    ['get', 'listThings'],
    ['get', 'getThingHistory'],
    ['post', 'createThing'],
    ['post', 'importThings'],
    ['post', 'login'],
    ['put', 'setThing'],
    ['patch', 'updateThing'],
    ['delete', 'deleteThing'],
  ])('accepts %s %s', (method, name) => {
    expect(unfitNames([named(method, name)])).toEqual([]);
  });

  it.each([
    ['get', 'list'],
    ['get', 'things'],
    ['get', 'things_list'],
    ['get', 'createThing'],
    ['post', 'getThing'],
    ['post', 'ThingsController_create'],
    ['patch', 'editThing'],
    ['put', ''],
  ])('refuses %s %s, and explains the rule', (method, name) => {
    expect(unfitNames([named(method, name)])).toEqual([expect.stringContaining('with a verb')]);
  });

  it('refuses a name that another route already has', () => {
    expect(unfitNames([named('get', 'getThing'), named('get', 'getThing')])).toEqual([
      expect.stringContaining('which another route already has'),
    ]);
  });
});
