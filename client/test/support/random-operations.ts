import fc from 'fast-check';
import type { OperationInput } from '../../src/operation.ts';
import type { OperationName } from '../../src/protocol.ts';

/** Name and payload, as a user asks for them. */
export type Asked = { [Name in OperationName]: { name: Name; payload: OperationInput<Name> } }[OperationName];

const id = fc.constantFrom('a', 'b', 'c', 'd');
const layer = fc.constantFrom('default', 'proofing');
const data = fc.dictionary(fc.constantFrom('x', 'y', 'colour'), fc.integer({ min: 0, max: 9 }));

/** Operations on few annotations, so that they meet. */
export const asked: fc.Arbitrary<Asked> = fc.oneof(
  fc.record({
    name: fc.constant('annotation:add' as const),
    payload: fc.record({ id, type: fc.constant('pen' as const), data, layer }),
  }),
  fc.record({
    name: fc.constant('annotation:update' as const),
    payload: fc.record({ id, patch: fc.record({ data }) }),
  }),
  fc.record({ name: fc.constant('annotation:delete' as const), payload: fc.record({ id }) }),
  fc.record({
    name: fc.constant('annotation:resolve' as const),
    payload: fc.record({ id, resolved: fc.boolean() }),
  }),
  fc.record({ name: fc.constant('annotation:clear' as const), payload: fc.record({ layer }) }),
  fc.record({
    name: fc.constant('comment:add' as const),
    payload: fc.record({ annotationId: id, body: fc.constantFrom('look', 'here') }),
  }),
  fc.record({
    name: fc.constant('chat:message' as const),
    payload: fc.record({ body: fc.constantFrom('hello', 'thanks') }),
  }),
);
