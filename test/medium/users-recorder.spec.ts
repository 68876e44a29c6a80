import { Client } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';
import type { RecordOutcome } from '../../src/platform/recording/index.js';
import { PersonalTexts, UserRecorder, type UserRecord } from '../../src/users/index.js';
import { startTestService, type TestService } from '../support/service.js';
import { statementsOf } from '../support/statements.js';

describe('recording users in batches', () => {
  let service: TestService;
  let dataSource: DataSource;
  let recorder: UserRecorder;
  let owner: Client;

  beforeAll(async () => {
    service = await startTestService();
    dataSource = service.app.get(DataSource);
    recorder = service.app.get(UserRecorder, { strict: false });
    owner = new Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });
  beforeEach(() => owner.query('DELETE FROM personal_texts; DELETE FROM credit_accounts; DELETE FROM users'));

  const record = (
    records: readonly UserRecord[],
    options: { rolesGrantable?: 'ordinary' | 'all'; update?: boolean } = {},
    manager: EntityManager = dataSource.manager,
  ): Promise<RecordOutcome[]> =>
    manager.transaction((inner) =>
      recorder.recordMany(records, { rolesGrantable: 'all', update: false, ...options }, inner),
    );
  const stored = (id: string): Promise<unknown> =>
    dataSource
      .query<unknown[]>('SELECT id, email, name, roles, password_hash AS hash FROM users WHERE id = $1', [id])
      .then(([row]) => row);
  const outcomesOf = (outcomes: readonly RecordOutcome[]): string[] =>
    outcomes.map((one) => (one.outcome === 'refused' ? one.kind.code : one.outcome));

  const ada: UserRecord = { id: 'ada', email: 'ada@example.com', name: 'Ada', roles: ['partner', 'user'] };

  it('adds new users, with the roles in a fixed order', async () => {
    expect(outcomesOf(await record([ada]))).toEqual(['added']);
    expect(await stored('ada')).toEqual({
      id: 'ada',
      email: 'ada@example.com',
      name: 'Ada',
      roles: ['user', 'partner'],
      hash: null,
    });
  });

  it('detects repeated users, in part or with null for absent fields', async () => {
    await record([ada]);
    expect(
      outcomesOf(
        await record([
          { ...ada, roles: ['user', 'partner'] },
          { id: 'ada', roles: ada.roles },
          { id: 'ada', email: null, name: null, roles: ada.roles },
        ]),
      ),
    ).toEqual(['known', 'known', 'known']);
  });

  it('refuses other content, and names the different fields', async () => {
    await record([ada]);
    const [outcome] = await record([{ ...ada, name: 'Augusta', roles: ['user'] }]);
    expect(outcome).toMatchObject({
      outcome: 'refused',
      kind: { code: 'USERS.CONFLICT', status: 409 },
      reason: expect.stringContaining('(name, roles)') as string,
    });
  });

  it('changes existing users with update, and only the sent fields', async () => {
    await record([ada]);
    expect(
      outcomesOf(await record([{ id: 'ada', name: 'Augusta', roles: ada.roles }], { update: true })),
    ).toEqual(['changed']);
    expect(await stored('ada')).toMatchObject({ email: 'ada@example.com', name: 'Augusta' });
    expect(outcomesOf(await record([{ ...ada, name: 'Augusta' }], { update: true }))).toEqual(['known']);
  });

  it.each([false, true])('uses the first of several with one id (update: %s)', async (update) => {
    const others = [ada, { ...ada, name: 'Second' }, ada, { id: 'bob', roles: ['user'] }];
    expect(outcomesOf(await record(others, { update }))).toEqual([
      'added',
      'USERS.CONFLICT',
      'known',
      'added',
    ]);
    expect(
      outcomesOf(
        await record(
          [
            { ...ada, name: 'X' },
            { ...ada, name: 'Y' },
          ],
          { update },
        ),
      ),
    ).toEqual([update ? 'changed' : 'USERS.CONFLICT', 'USERS.CONFLICT']);
  });

  it('skips a record that is refused: the next one with that id is used', async () => {
    expect(
      outcomesOf(await record([{ ...ada, roles: ['admin'] }, ada, ada], { rolesGrantable: 'ordinary' })),
    ).toEqual(['USERS.NOT_GRANTABLE', 'added', 'known']);
  });

  it.each(['finance', 'admin', 'platform'])('does not let a back end give the role %s', async (role) => {
    const options = { rolesGrantable: 'ordinary', update: true } as const;
    expect(outcomesOf(await record([{ ...ada, roles: ['user', role] }], options))).toEqual([
      'USERS.NOT_GRANTABLE',
    ]);
    expect(await stored('ada')).toBeUndefined();
    await record([ada]);
    expect(outcomesOf(await record([{ ...ada, roles: ['user', role] }], options))).toEqual([
      'USERS.NOT_GRANTABLE',
    ]);
    expect(await stored('ada')).toMatchObject({ roles: ['user', 'partner'] });
  });

  it.each(['finance', 'admin'])('does not let a back end change a user with the role %s', async (role) => {
    await record([{ ...ada, roles: [role] }]);
    const options = { rolesGrantable: 'ordinary', update: true } as const;
    expect(outcomesOf(await record([{ id: 'ada', name: 'X', roles: ['user'] }], options))).toEqual([
      'USERS.PRIVILEGED',
    ]);
    expect(await stored('ada')).toMatchObject({ name: 'Ada', roles: [role] });
  });

  it.each([
    ['an e-mail address without @', { email: 'ada' }],
    ['an e-mail address with a space', { email: 'a da@example.com' }],
    ['an e-mail address of 255 characters', { email: `${'a'.repeat(243)}@example.com` }],
    ['a blank name', { name: ' ' }],
    ['a name with NUL', { name: 'A\0' }],
    ['a name that is no Unicode', { name: '\ud800' }],
    ['a name of 201 characters', { name: 'a'.repeat(201) }],
    ['an unknown role', { roles: ['root'] }],
    ['a role twice', { roles: ['user', 'user'] }],
  ])('refuses %s, and records the rest of the batch', async (_case, fields) => {
    const outcomes = await record([
      { ...ada, ...fields },
      { id: 'bob', roles: [] },
    ]);
    expect(outcomesOf(outcomes)).toEqual(['USERS.INVALID', 'added']);
  });

  it('treats every record of an anonymised user as known, and changes nothing', async () => {
    await record([{ id: 'ada', roles: ['user'] }]);
    await owner.query(`UPDATE users SET anonymised_at = now() WHERE id = 'ada'`);
    expect(outcomesOf(await record([ada], { update: true }))).toEqual(['known']);
    expect(await stored('ada')).toMatchObject({ email: null, name: null, roles: ['user'] });
  });

  it('refuses an e-mail address that another user signs in with, one by one', async () => {
    await record([
      { ...ada, passwordHash: 'x' },
      { id: 'bob', email: 'bob@example.com', roles: ['user'], passwordHash: 'y' },
      { id: 'eve', email: 'eve@example.com', roles: ['user'] },
    ]);
    const outcomes = await record(
      [
        { id: 'bob', email: 'ADA@example.com', roles: ['user'] },
        { id: 'eve', email: 'ada@example.com', roles: ['user'] },
        { id: 'ada', name: 'Augusta', roles: ada.roles },
      ],
      { update: true },
    );
    expect(outcomesOf(outcomes)).toEqual(['USERS.EMAIL_TAKEN', 'changed', 'changed']);
    expect(await stored('bob')).toMatchObject({ email: 'bob@example.com' });
  });

  it('needs as many statements for 5,000 as for one', async () => {
    const many = Array.from({ length: 5_000 }, (_, n) => ({ ...ada, id: `u${n}`, name: `N, "${n}" ünï` }));
    expect(await statementsOf(dataSource, (manager) => record(many, {}, manager))).toBe(
      await statementsOf(dataSource, (manager) => record([{ ...ada, id: 'v' }], {}, manager)),
    );
    const changed = many.map((one) => ({ ...one, name: 'New' }));
    expect(await statementsOf(dataSource, (manager) => record(changed, { update: true }, manager))).toBe(
      await statementsOf(dataSource, (manager) =>
        record([{ ...ada, id: 'v', name: 'New' }], { update: true }, manager),
      ),
    );
    expect(await stored('u4999')).toMatchObject({ name: 'New' });
  });

  it('gives two writers of the same users in other orders the same result', async () => {
    const many = Array.from({ length: 500 }, (_, n) => ({ id: `u${n}`, roles: ['user'] }));
    const results = await Promise.all([record(many), record([...many].reverse())]);
    expect(results.flat().filter(({ outcome }) => outcome === 'added')).toHaveLength(500);
    expect(results.flat().filter(({ outcome }) => outcome === 'known')).toHaveLength(500);
  });

  it('stores texts once, and none about an anonymised user', async () => {
    const texts = service.app.get(PersonalTexts, { strict: false });
    await record([
      { id: 'ada', roles: [] },
      { id: 'bob', roles: [] },
    ]);
    await owner.query(`UPDATE users SET anonymised_at = now() WHERE id = 'bob'`);
    const keep = (text: string): Promise<void> =>
      dataSource.transaction((manager) =>
        texts.recordMany(
          'refund',
          [
            { userId: 'ada', sourceId: 'r1', text },
            { userId: 'bob', sourceId: 'r2', text },
          ],
          manager,
        ),
      );
    await keep('first');
    await keep('second');
    expect(await texts.find('refund', ['r1', 'r2', 'r3'])).toEqual(new Map([['r1', 'first']]));
    expect(await texts.find('award', ['r1'])).toEqual(new Map());
  });
});
