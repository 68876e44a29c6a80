import { type DynamicModule, Module } from '@nestjs/common';
import { SCHEMA } from '../migrations/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { CreditsModule } from './credits/index.js';
import { DashboardModule } from './dashboard/index.js';
import { ModulesModule } from './modules/index.js';
import { PaymentsModule } from './payments/index.js';
import { PlatformModule, type Runtime } from './platform/runtime/index.js';
import { RevenueModule } from './revenue/index.js';
import { SettingsModule } from './settings/index.js';
import { SignalsModule } from './signals/index.js';
import { StatementsModule } from './statements/index.js';
import { UsersModule } from './users/index.js';
import { VariablesModule } from './variables/index.js';

/** The composition root. Only it passes the tables of all features (`SCHEMA`) to the platform. */
@Module({})
export class AppModule {
  static forRuntime(runtime: Pick<Runtime, 'config' | 'database'>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRuntime(runtime, SCHEMA),
        AuthModule,
        AuditModule,
        UsersModule,
        ModulesModule,
        VariablesModule,
        CreditsModule,
        RevenueModule,
        PaymentsModule,
        StatementsModule,
        SettingsModule,
        SignalsModule,
        DashboardModule,
      ],
    };
  }
}
