import { ensureMayCall } from '../access/admission.ts';
import { type Permission, permissions } from '../access/permissions.ts';
import type { AppError } from '../errors/app-error.ts';
import type { Identity } from '../ports/identity.ts';
import type { Authentication } from './authentication.ts';
import type { Exchange } from './exchange.ts';
import { bodyFailure, leaveUnread, openFileBody } from './file-body.ts';
import { HandlerRequest, type ParsedParts } from './handler-request.ts';
import { identify } from './identify.ts';
import { readJsonBody, readRawBody } from './json-body.ts';
import type { Operation, OperationReply } from './operation.ts';
import { problemHeaders, problemType, toAppError, toProblem } from './problem.ts';
import type { RateLimiter } from './rate-limiting.ts';
import type { ReplySender } from './reply.ts';
import type { RouteHandler } from './route-table.ts';
import { noQuerySchema, parseQuery, Validation } from './validation.ts';

export interface PipelineOptions {
  authentication: Authentication;
  limit: RateLimiter;
  sender: ReplySender;
  jsonBodyLimitBytes: number;
  /** Is told who asks, at every request of somebody who is signed in. */
  onCaller(identity: Identity): void;
}

/** The steps that requests go through. None of them fails: what goes wrong becomes the reply. */
export interface Pipeline {
  /** Identify, count, admit, validate, handle, reply: in this order, so that refusals are cheap and tell nothing. */
  handlerOf(operation: Operation): RouteHandler;
  /** Does something that needs no caller and no count: probes and documentation. */
  exempt(work: (exchange: Exchange) => Promise<void> | void): RouteHandler;
  /** Answers with a failure after counting the request. */
  refuse(exchange: Exchange, error: AppError, headers?: readonly string[]): Promise<void>;
  /** Answers with a failure. */
  fail(exchange: Exchange, error: unknown, headers?: readonly string[]): void;
}

/** The permission of an operation; an operation without one must not be served. */
const permissionOf = (operation: Operation): Permission => {
  if (!Object.hasOwn(permissions, operation.id)) {
    throw new Error(`operation ${operation.id} is not named in access/permissions.ts.`);
  }
  return permissions[operation.id];
};

export const createPipeline = (options: PipelineOptions): Pipeline => {
  const { authentication, limit, sender, jsonBodyLimitBytes, onCaller } = options;

  const fail: Pipeline['fail'] = (exchange, error, headers = []) => {
    const { response } = exchange;
    const appError = toAppError(error);
    if (appError.status >= 500) exchange.failure = appError.code === 'internal' ? appError.cause : appError;
    if (response.headersSent) {
      response.destroy();
      return;
    }
    leaveUnread(exchange);
    const body = JSON.stringify(toProblem(appError, exchange.id));
    sender.text(exchange, appError.status, problemType, body, [
      ...problemHeaders(appError),
      ...exchange.failureHeaders,
      ...headers,
    ]);
  };

  const admit = async (exchange: Exchange): Promise<void> => {
    const identifying = identify(exchange, authentication);
    if (identifying !== undefined) await identifying;
    if (exchange.identity !== undefined) onCaller(exchange.identity);
    const counting = limit(exchange);
    if (counting !== undefined) await counting;
  };

  const parse = async (exchange: Exchange, operation: Operation, params: Record<string, unknown>) => {
    const body = operation.body && (await readJsonBody(exchange, jsonBodyLimitBytes));
    const rawBody = operation.rawBody && (await readRawBody(exchange, jsonBodyLimitBytes));
    const validation = new Validation();
    const parts = {
      params: operation.params && validation.part(operation.params, { ...params }),
      query: validation.part(operation.query ?? noQuerySchema, parseQuery(exchange.request.url)),
      body: operation.body && validation.part(operation.body, body),
      ...(rawBody && { rawBody }),
    };
    validation.finish();
    return parts;
  };

  /** A body that is a file is read by the handler, after everything else was checked. */
  const handle = async (
    exchange: Exchange,
    operation: Operation,
    parts: ParsedParts,
  ): Promise<OperationReply> => {
    const { takesFile } = operation;
    if (takesFile === undefined) return operation.handle(new HandlerRequest(exchange, parts));
    try {
      const file = openFileBody(exchange, takesFile.limitBytes);
      return await operation.handle(new HandlerRequest(exchange, parts, file));
    } catch (error) {
      throw bodyFailure(error, exchange);
    }
  };

  return {
    fail,
    handlerOf(operation) {
      const permission = permissionOf(operation);
      return async (exchange, params) => {
        try {
          await admit(exchange);
          ensureMayCall(permission, exchange.identity, exchange.tokenProblem);
          const parts = await parse(exchange, operation, params);
          const reply = await handle(exchange, operation, parts);
          if (reply.file === undefined) sender.reply(exchange, reply);
          else await sender.file(exchange, reply.file, reply.headers);
        } catch (error) {
          fail(exchange, error);
        }
      };
    },
    exempt: (work) => async (exchange) => {
      try {
        await work(exchange);
      } catch (error) {
        fail(exchange, error);
      }
    },
    async refuse(exchange, error, headers) {
      try {
        await admit(exchange);
        fail(exchange, error, headers);
      } catch (limited) {
        fail(exchange, limited);
      }
    },
  };
};
