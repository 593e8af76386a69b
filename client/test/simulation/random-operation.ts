import type { OperationInput } from '../../src/operation.ts';
import type { OperationName } from '../../src/protocol.ts';
import type { SessionView } from '../../src/session-state.ts';
import type { Chance } from './chance.ts';

/** What somebody may ask for: name and input of an operation. */
export type Wish = { [Name in OperationName]: { name: Name; input: OperationInput<Name> } }[OperationName];

export interface Wishing {
  chance: Chance;
  view: SessionView;
  isStaff: boolean;
  /** Ids that several people want for their annotations, also in other sessions. */
  contested: readonly string[];
  /** A text that nobody else writes. */
  text: string;
}

/** Begins every note that customers must never see. */
export const staffNote = 'staff only:';

const weights = {
  'annotation:add': 6,
  'annotation:update': 4,
  'annotation:delete': 1.5,
  'annotation:resolve': 1,
  'annotation:clear': 0.3,
  'comment:add': 1.5,
  'chat:message': 3,
} as const satisfies Record<OperationName, number>;

const layers = ['default', 'print'] as const;

/** One that is there, mostly; else one that may have been there, or will be. */
const someAnnotation = ({ chance, view, contested }: Wishing): string => {
  const { annotations } = view;
  return annotations.length > 0 && chance.happens(0.8) ? chance.pick(annotations).id : chance.pick(contested);
};

const data = ({ chance, text }: Wishing) => ({ [chance.pick(['a', 'b', 'toString'])]: text });

/** Something to do, on few things, so that people get into each other's way. */
export const randomWish = (wishing: Wishing): Wish => {
  const { chance, isStaff, contested, text, view } = wishing;
  const name = chance.weighted(weights);
  switch (name) {
    case 'annotation:add': {
      const id = chance.happens(0.2) ? { id: chance.pick(contested) } : {};
      return { name, input: { ...id, type: 'pen', data: data(wishing), layer: chance.pick(layers) } };
    }
    case 'annotation:update': {
      const id = someAnnotation(wishing);
      const rev = view.annotations.find((one) => one.id === id)?.rev ?? 0;
      const ifRev = rev > 0 && chance.happens(0.2) ? { ifRev: rev } : {};
      return { name, input: { id, patch: { data: data(wishing) }, ...ifRev } };
    }
    case 'annotation:delete':
      return { name, input: { id: someAnnotation(wishing) } };
    case 'annotation:resolve':
      return { name, input: { id: someAnnotation(wishing), resolved: chance.happens(0.5) } };
    case 'annotation:clear':
      return { name, input: { layer: chance.pick(layers) } };
    case 'comment:add':
      return { name, input: { annotationId: someAnnotation(wishing), body: text } };
    case 'chat:message': {
      const secret = isStaff && chance.happens(0.4);
      const visibility = secret ? 'staff' : 'public';
      return { name, input: { body: secret ? `${staffNote} ${text}` : text, visibility } };
    }
  }
};
