import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { ownerOptions, serviceOptions } from './connection-options.js';
import { exactDataSource } from './exact-data-source.js';

/** Opens a DataSource of the owner's role, for migrations and rebuild; whoever opens it destroys it. */
export abstract class OwnerDatabase {
  abstract open(): Promise<DataSource>;
}

/**
 * The one DataSource that answers requests, as the service's role (`@InjectDataSource()`), and `OwnerDatabase` for the
 * little that this role may not do. Entities come from the features' `TypeOrmModule.forFeature`.
 */
@Global()
@Module({})
export class DatabaseModule {
  /** @param urls of a database that `openDatabase` has prepared */
  static forRoot(urls: { readonly serviceUrl: string; readonly ownerUrl: string }): DynamicModule {
    const ownerDatabase: OwnerDatabase = {
      open: () => exactDataSource(ownerOptions(urls.ownerUrl)).initialize(),
    };
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...serviceOptions(urls.serviceUrl),
            autoLoadEntities: true,
            retryAttempts: 0, // openDatabase has just used it: a failure now is told, not waited out
          }),
          dataSourceFactory: (options) => {
            if (options === undefined) throw new TypeError('TypeOrmModule gave no options');
            return exactDataSource(options).initialize();
          },
        }),
      ],
      providers: [{ provide: OwnerDatabase, useValue: ownerDatabase }],
      exports: [OwnerDatabase],
    };
  }
}
