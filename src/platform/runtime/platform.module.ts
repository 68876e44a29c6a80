import { type DynamicModule, Module } from '@nestjs/common';
import { ConfigModule } from '../config/index.js';
import { CsvModule } from '../csv/index.js';
import { DatabaseModule, type DatabaseSchema } from '../database/index.js';
import { HealthModule } from '../health/index.js';
import { IdempotencyModule } from '../idempotency/index.js';
import { MetricsModule } from '../metrics/index.js';
import { TransfersModule } from '../transfers/index.js';
import type { Runtime } from './open-runtime.js';

/** Modules that all features need: settings, database, health, kept answers, metrics, transfers and files. */
@Module({})
export class PlatformModule {
  static forRuntime(
    { config, database }: Pick<Runtime, 'config' | 'database'>,
    schema: DatabaseSchema,
  ): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(
          {
            serviceUrl: database.serviceUrl,
            ownerUrl: database.ownerUrl,
            replicaUrls: config.database.kind === 'external' ? config.database.replicaUrls : [],
          },
          schema,
        ),
        HealthModule,
        IdempotencyModule,
        MetricsModule,
        TransfersModule,
        CsvModule,
      ],
      exports: [MetricsModule],
    };
  }
}
