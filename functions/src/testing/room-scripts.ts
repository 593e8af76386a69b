import fc from 'fast-check';
import type { RoomOperation } from '../collaboration/rooms/room-operation.ts';
import type { Identity } from '../ports/identity.ts';
import { agent, customer } from './room-house.ts';

/** One step of somebody at work in a room. */
export interface Step {
  user: Identity;
  operation: RoomOperation;
}

/** Few ids and keys, so that people get into each other's way. */
const id = fc.constantFrom('mark-1', 'mark-2', 'mark-3', 'mark-4');
const layer = fc.constantFrom('default', 'print');
const key = fc.constantFrom('a', 'b', 'constructor', 'toString', '0');
const value = fc.oneof(fc.integer(), fc.string({ maxLength: 5 }), fc.constant(null), fc.constant([[0.5]]));
const data = fc.oneof({ weight: 5, arbitrary: fc.dictionary(key, value) }, { weight: 1, arbitrary: value });
const type = fc.constantFrom('pen' as const, 'text' as const);
const page = fc.integer({ min: 1, max: 3 });

const operation: fc.Arbitrary<RoomOperation> = fc.oneof(
  fc.record({ name: fc.constant('annotation:add' as const), id, type, data, layer, page }),
  fc.record({
    name: fc.constant('annotation:update' as const),
    id,
    patch: fc
      .record({ type, data, layer, page }, { requiredKeys: [] })
      .filter((patch) => Object.keys(patch).length > 0),
  }),
  fc.record({ name: fc.constant('annotation:delete' as const), id }),
  fc.record({ name: fc.constant('annotation:clear' as const), layer }),
  fc.record({ name: fc.constant('annotation:resolve' as const), id, resolved: fc.boolean() }),
  fc.record({ name: fc.constant('comment:add' as const), annotationId: id, body: fc.constant('why?') }),
  fc.record({
    name: fc.constant('chat:message' as const),
    body: fc.string({ minLength: 1, maxLength: 5 }),
    visibility: fc.constantFrom('public' as const, 'staff' as const),
  }),
) as fc.Arbitrary<RoomOperation>;

/** What customer and agent do, each operation with an `opId` of its own. */
export const script = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc
    .array(fc.record({ user: fc.constantFrom(customer, agent), operation }), { minLength: 1, maxLength })
    .map((steps) =>
      steps.map((step, index) => ({ ...step, operation: { ...step.operation, opId: `op-${index}` } })),
    );
