import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { serviceOptions } from './connection-options.js';
import { exactDataSource } from './exact-data-source.js';

/**
 * The one DataSource that answers requests, as the service's role (`@InjectDataSource()`). Entities come from the
 * features' `TypeOrmModule.forFeature`.
 */
@Module({})
export class DatabaseModule {
  /** @param urls of a database that `openDatabase` has prepared */
  static forRoot(urls: { readonly serviceUrl: string }): DynamicModule {
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
    };
  }
}
