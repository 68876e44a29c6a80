import { Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { MetricsRegistry } from './metrics-registry.js';
import { RequestDurations } from './request-durations.js';

@Module({
  controllers: [MetricsController],
  providers: [MetricsRegistry, RequestDurations],
  exports: [RequestDurations],
})
export class MetricsModule {}
