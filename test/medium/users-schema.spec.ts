import { DataSource } from 'typeorm';
import { ModuleEntity } from '../../src/modules/persistence/module.entity.js';
import { ownerOptions } from '../../src/platform/database/connection-options.js';
import { exactDataSource } from '../../src/platform/database/exact-data-source.js';
import { PersonalTextEntity } from '../../src/users/persistence/personal-text.entity.js';
import { UserEntity } from '../../src/users/persistence/user.entity.js';
import { VariableChangeEntity } from '../../src/variables/persistence/variable-change.entity.js';
import { VariableEntity } from '../../src/variables/persistence/variable.entity.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the entities of users, modules and variables', () => {
  let database: TestDatabase;
  let dataSource: DataSource;

  beforeAll(async () => {
    database = await createTestDatabase();
    dataSource = await exactDataSource({
      ...ownerOptions(database.ownerUrl),
      entities: [UserEntity, PersonalTextEntity, ModuleEntity, VariableEntity, VariableChangeEntity],
    }).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('mirror what the migrations made', async () => {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });
});
