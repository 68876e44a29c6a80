import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessRuleOf } from './access-rule.js';

/** Prevents a start if a route has no access rule. */
@Injectable()
export class AccessCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error that lists the routes without `@Access` */
  onModuleInit(): void {
    const forgotten = this.routesWithoutAccess();
    if (forgotten.length > 0) {
      throw new Error(`These routes have no access rule. Add @Access to each: ${forgotten.join(', ')}`);
    }
  }

  /** `Controller.method` of each route without a rule. */
  private routesWithoutAccess(): string[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as Type;
      const prototype = controller.prototype as Record<string, object>;
      return this.scanner
        .getAllMethodNames(prototype)
        .map((name) => ({ name, handler: prototype[name] as object }))
        .filter(({ handler }) => Reflect.hasMetadata(METHOD_METADATA, handler))
        .filter(({ handler }) => accessRuleOf(handler, controller) === null)
        .map(({ name }) => `${controller.name}.${name}`);
    });
  }
}
