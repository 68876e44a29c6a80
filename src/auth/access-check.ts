import { Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { accessRuleOf } from './access-rule.js';

/** Keeps the service from starting with a route of which nobody said who may call it. */
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
      throw new Error(
        `These routes say nothing of who may call them; give each an @Access: ${forgotten.join(', ')}`,
      );
    }
  }

  /** `Controller.method` of each route that has no rule. */
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
