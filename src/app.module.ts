import { type DynamicModule, Module } from '@nestjs/common';
import { PlatformModule, type Runtime } from './platform/runtime/index.js';

/** The composition root. */
@Module({})
export class AppModule {
  static forRuntime(runtime: Pick<Runtime, 'config' | 'database'>): DynamicModule {
    return {
      module: AppModule,
      imports: [PlatformModule.forRuntime(runtime)],
    };
  }
}
