import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { serviceOptions } from './connection-options.js';
import { DATABASE_SCHEMA, type DatabaseSchema } from './database-schema.js';
import { exactDataSource } from './exact-data-source.js';
import { OWNER_URL } from './owner-connection.js';
import { REPLICA_URLS, Replicas } from './replicas/replicas.js';
import { ReportSnapshots } from './replicas/report-snapshots.js';
import { Snapshots } from './snapshot.js';

/**
 * Provides the DataSource that answers requests as the service's role (`@InjectDataSource()`), its `Snapshots`,
 * `ReportSnapshots` for reads that replicas can serve, and the owner's address (`OWNER_URL`). Entities come from the
 * features' `TypeOrmModule.forFeature`.
 */
@Global()
@Module({})
export class DatabaseModule {
  /** @param urls addresses of a database that `openDatabase` has prepared, and of its replicas */
  static forRoot(
    urls: {
      readonly serviceUrl: string;
      readonly ownerUrl: string;
      readonly replicaUrls: readonly string[];
    },
    schema: DatabaseSchema,
  ): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...serviceOptions(urls.serviceUrl),
            autoLoadEntities: true,
            retryAttempts: 0, // openDatabase has just connected: report a failure at once
          }),
          dataSourceFactory: (options) => {
            if (options === undefined) throw new TypeError('TypeOrmModule passed no options');
            return exactDataSource(options).initialize();
          },
        }),
      ],
      providers: [
        { provide: OWNER_URL, useValue: urls.ownerUrl },
        { provide: REPLICA_URLS, useValue: urls.replicaUrls },
        { provide: DATABASE_SCHEMA, useValue: schema },
        Snapshots,
        Replicas,
        ReportSnapshots,
      ],
      exports: [OWNER_URL, Snapshots, Replicas, ReportSnapshots],
    };
  }
}
