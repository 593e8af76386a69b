import { describe, expect, it } from 'vitest';
import { surfaceOf } from '../../../testing/code-surface.ts';

const routesOf = (files: Record<string, string>) =>
  [...surfaceOf(files).elements.values()]
    .filter(({ kind }) => kind === 'route')
    .map(({ subject, evidence }) => (evidence === 'parsed' ? subject : `${subject} (${evidence})`))
    .sort();

const unresolvedOf = (files: Record<string, string>) =>
  surfaceOf(files).unresolved.map(({ subject, reason }) => [subject, reason]);

const mainFile = (lines: string): string => `
import { RequestMethod, ValidationPipe, VersioningType, VERSION_NEUTRAL } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
async function bootstrap() {
  const app = await NestFactory.create<NestExpressApplication>(AppModule, { bufferLogs: true });
  ${lines}
  app.useGlobalPipes(new ValidationPipe({ whitelist: true }));
  await app.listen(process.env.PORT ?? 3000);
}
bootstrap();`;

const shop = (main: string, more: Record<string, string> = {}): Record<string, string> => ({
  'src/main.ts': mainFile(main),
  'src/app.module.ts': `
import { Module } from '@nestjs/common';
import { ConfigModule } from '@nestjs/config';
import { OrdersModule } from './orders/orders.module';
import { HealthController } from './health.controller';
@Module({ imports: [ConfigModule.forRoot({ isGlobal: true }), OrdersModule], controllers: [HealthController] })
export class AppModule {}`,
  'src/health.controller.ts': `
import { Controller, Get } from '@nestjs/common';
@Controller()
export class HealthController {
  @Get('health') check() { return { ok: true }; }
}`,
  'src/orders/orders.module.ts': `
import { forwardRef, Module } from '@nestjs/common';
import { AppModule } from '../app.module';
import { OrdersController } from './orders.controller';
const controllers = [OrdersController];
@Module({ imports: [forwardRef(() => AppModule)], controllers: [...controllers], providers: [OrdersService] })
export class OrdersModule {}`,
  'src/orders/orders.controller.ts': `
import { Body, Controller, Delete, Get, Param, Patch, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
@ApiTags('orders')
@UseGuards(AuthGuard)
@Controller('orders')
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}
  @Get()
  @ApiOperation({ summary: 'Lists the orders of a customer' })
  list(@Query() query: ListOrders) { return this.orders.list(query); }
  @Get(':id') one(@Param('id', ParseUUIDPipe) id: string): Promise<Order> { return this.orders.one(id); }
  @Post() @HttpCode(201) create(@Body() body: CreateOrder) { return this.orders.create(body); }
  @Patch('/:id/') change(@Param('id') id: string, @Body() body: ChangeOrder) {}
  @Delete([':id', ':id/lines/:line']) remove() {}
  helper() {}
}`,
  ...more,
});

describe('routes of NestJS', () => {
  it('[DO2] joins the decorators of controllers and methods', () => {
    const files = shop('');
    expect(routesOf(files)).toEqual([
      'DELETE /orders/:id',
      'DELETE /orders/:id/lines/:line',
      'GET /health',
      'GET /orders',
      'GET /orders/:id',
      'PATCH /orders/:id',
      'POST /orders',
    ]);
    const { elements, unresolved } = surfaceOf(files);
    expect(unresolved).toEqual([]);
    expect(elements.get('route\nGET /orders')).toMatchObject({
      file: 'src/orders/orders.controller.ts',
      line: 11,
      side: { source: 'nest', summary: 'Lists the orders of a customer' },
    });
    expect(elements.get('route\nGET /orders/:id')?.side).toMatchObject({ pathParameters: ['id'] });
  });

  it('[DO2] joins the global prefix, and leaves it off what is excluded', () => {
    const prefixed = shop(
      "app.setGlobalPrefix('api/v1', { exclude: ['health', { path: 'orders', method: RequestMethod.POST }] });",
    );
    expect(routesOf(prefixed)).toEqual([
      'DELETE /api/v1/orders/:id',
      'DELETE /api/v1/orders/:id/lines/:line',
      'GET /api/v1/orders',
      'GET /api/v1/orders/:id',
      'GET /health',
      'PATCH /api/v1/orders/:id',
      'POST /orders',
    ]);
    const pattern = routesOf(shop("app.setGlobalPrefix('api', { exclude: ['health{/*rest}'] });"));
    expect(pattern).toContain('GET /health (heuristic)');
    expect(pattern).toContain('GET /api/orders');
  });

  it('[DO2] puts versions into paths where they belong there', () => {
    const files = (main: string) =>
      shop(main, {
        'src/health.controller.ts': `
import { Controller, Get, Version, VERSION_NEUTRAL } from '@nestjs/common';
const versions = '2';
@Controller({ path: 'state', version: ['1', versions] })
export class HealthController {
  @Get() check() {}
  @Version('3') @Get('deep') deep() {}
  @Version(VERSION_NEUTRAL) @Get('live') live() {}
}`,
      });
    const state = (main: string) => routesOf(files(main)).filter((route) => route.includes('state'));
    expect(state("app.setGlobalPrefix('api'); app.enableVersioning({ type: VersioningType.URI });")).toEqual([
      'GET /api/state/live',
      'GET /api/v1/state',
      'GET /api/v2/state',
      'GET /api/v3/state/deep',
    ]);
    expect(state("app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' });")).toEqual([
      'GET /state',
      'GET /state/deep',
      'GET /state/live',
    ]);
    expect(
      routesOf(files("app.enableVersioning({ prefix: 'version-', defaultVersion: '1' });")).filter(
        (route) => !route.includes(':'),
      ),
    ).toEqual([
      'GET /state/live',
      'GET /version-1/orders',
      'GET /version-1/state',
      'GET /version-2/state',
      'GET /version-3/state/deep',
      'POST /version-1/orders',
    ]);
  });

  it('[DO2] follows a function that sets the application up', () => {
    const setUp = `
import type { INestApplication } from '@nestjs/common';
const PREFIX = 'shop';
export function setUp(app: INestApplication): INestApplication {
  app.enableCors();
  app.setGlobalPrefix(\`\${PREFIX}/api\`);
  return app;
}`;
    const files = shop('setUp(app);', { 'src/set-up.ts': setUp });
    files['src/main.ts'] = `import { setUp } from './set-up';\n${files['src/main.ts']}`;
    expect(routesOf(files)).toContain('GET /shop/api/health');
    const nobody = shop('', { 'src/set-up.ts': setUp });
    expect(routesOf(nobody)).toContain('GET /health (heuristic)');
  });

  it('[DO2] what stands before a path and cannot be read is said, and leaves the path a guess', () => {
    const computed = shop("app.setGlobalPrefix(config.get('prefix'));");
    expect(routesOf(computed)).toContain('GET /health (heuristic)');
    expect(unresolvedOf(computed)).toContainEqual([
      "app.setGlobalPrefix(config.get('prefix'))",
      'What stands before the paths of this application is known at run time only.',
    ]);
    const elsewhere = shop('', {
      'src/boot.ts': "import '@nestjs/core';\nexport const boot = (it) => it.setGlobalPrefix('api');",
    });
    expect(routesOf(elsewhere)).toContain('GET /health (heuristic)');
    expect(unresolvedOf(elsewhere)).toContainEqual([
      "it.setGlobalPrefix('api')",
      'Which application it is for was not found.',
    ]);
    const routed = shop('', {
      'src/admin.module.ts': `
import { Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { OrdersModule } from './orders/orders.module';
@Module({ imports: [RouterModule.register([{ path: 'admin', children: [{ path: 'x', module: OrdersModule }] }])] })
export class AdminModule {}`,
    });
    expect(routesOf(routed)).toContain('GET /orders (heuristic)');
    expect(routesOf(routed)).toContain('GET /health');
  });

  it('[DO2] a controller that no application reaches is a guess', () => {
    const files = {
      'src/cats.controller.ts': `
import * as nest from '@nestjs/common';
import { Controller as Web } from '@nestjs/common';
@Web({ host: 'cats.example' }) export class Cats { @nest.Get('cats') all() {} }`,
    };
    expect(routesOf(files)).toEqual(['GET /cats (heuristic)']);
    expect(unresolvedOf(files)).toEqual([
      [
        'GET /cats',
        'How an application reaches its controller was not found, so its path may lack a prefix.',
      ],
    ]);
  });

  it('[DO2] names what it cannot read of a controller, and takes inherited routes of the same file', () => {
    const files = shop('', {
      'src/health.controller.ts': `
import { Controller, Get, Put, Sse } from '@nestjs/common';
import { Far } from './far';
export abstract class Base { @Get('list') list() {} @Get('one') one() {} @Sse('feed') feed() {} }
@Controller('near') export class HealthController extends Base {
  @Put(pathOf('x')) put() {}
  one() { return 1; }
}
@Controller(settings.path) export class Lost { @Get() all() {} }
@Controller('far') export class Further extends Far { @Get() all() {} }`,
    });
    expect(routesOf(files).filter((route) => !route.includes('orders'))).toEqual([
      'GET /far (heuristic)',
      'GET /near/feed',
      'GET /near/list',
    ]);
    expect(unresolvedOf(files)).toEqual([
      ['GET /far', 'How an application reaches its controller was not found, so its path may lack a prefix.'],
      ["@Put(pathOf('x'))", 'The path is known at run time only.'],
      ['settings.path', 'The path is known at run time only.'],
      ['class Further extends Far', 'Routes that it inherits from another file are not read.'],
    ]);
  });

  it('[DO2] is not misled by decorators of the same names from elsewhere', () => {
    const files = {
      'src/cats.ts': `
import { Controller, Get } from 'routing-controllers';
import { Injectable } from '@nestjs/common';
@Controller('cats') export class Cats { @Get(':id') one() {} }`,
      'src/plain.ts': "@Controller('dogs') export class Dogs { @Get() all() {} }",
    };
    expect(routesOf(files)).toEqual([]);
  });

  it('[FA] [DO2] what inherits and what has many paths does not multiply without end', () => {
    const numbers = Array.from({ length: 300 }, (_, number) => number);
    const paths = `[${numbers.map((number) => `'p${number}'`).join()}]`;
    const files = {
      'src/many.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        @Controller(${paths}) class Many { @Get(${paths}) all() {} @Get('one') one() {} }`,
      'src/line.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        ${numbers.map((number) => `@Controller('c${number}') class C${number} extends C${number + 1} { @Get('g${number}') g${number}() {} }`).join('\n')}`,
    };
    expect(routesOf(files).length).toBeLessThan(5_000);
    const reasons = new Set(unresolvedOf(files).map(([, reason]) => reason));
    expect([...reasons]).toEqual(
      expect.arrayContaining([
        'Routes that it inherits from another file are not read.',
        'A file has more than 2000 routes.',
      ]),
    );
  });
});
