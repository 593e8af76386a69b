import { hash } from 'node:crypto';
import { newId } from '../../ids/new-id.ts';
import type { Identity } from '../../ports/identity.ts';
import { operationKey } from '../../ports/log-entry.ts';
import { endOfText, partsOf } from '../../protocol/json-scan.ts';
import { keptJsonOf, knownJsonOf } from '../../protocol/kept-json.ts';
import type { RoomOperation } from './room-operation.ts';

/** An operation with everything that decides what it does, so that deciding again gives the same. */
export interface OperationRequest {
  user: Identity;
  operation: RoomOperation;
  /** The client's, or one made here; then nothing can be a resend of it. */
  opId: string;
  /** The operation's name in the log. */
  key: string;
  /** Whether the client named it, so that it may be a resend. */
  named: boolean;
  contentHash: string;
  /** Id of what the operation makes, if it makes something. */
  subjectId: string;
  /** Upper bound of its size in an entry or a record, in UTF-16 units. */
  size: number;
}

/** What tells a resend from another operation; each upload of one file is a file of its own. */
const contentOf = (operation: RoomOperation): object => {
  const { opId: _, ...content } = operation;
  return content.name === 'proof:add' ? { ...content, proof: { ...content.proof, id: undefined } } : content;
};

const givenId = (operation: RoomOperation): string | undefined => {
  if (operation.name === 'proof:add') return operation.proof.id;
  return operation.name === 'annotation:add' ? operation.id : undefined;
};

const isInner = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether all keys, at any depth, stand in order already, as they do where there is one or none. */
const isInOrder = (value: unknown): boolean => {
  if (!isInner(value)) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  const keys = Object.keys(value);
  return (
    keys.every((key, index) => index === 0 || (keys[index - 1] as string) < key) &&
    Object.values(value).every(isInOrder)
  );
};

type Keyed = readonly [key: string, member: string];

const inOrder = (members: readonly Keyed[]): string => {
  const sorted = members.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([, member]) => member).join(',')}}`;
};

/** A member of an object as it was written, with its key. */
const keyed = (member: string): Keyed => [
  JSON.parse(member.slice(0, endOfText(member, 0) + 1)) as string,
  member,
];

/**
 * JSON with the keys in order, so that equal contents are equal texts. Of what is drawn the text is known, and is
 * put in order without writing its numbers again.
 */
export const canonicalJson = (value: unknown): string => {
  if (isInOrder(value)) return keptJsonOf(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const text = knownJsonOf(value as object);
  if (text !== undefined && Object.values(value as object).every(isInOrder)) {
    return inOrder(partsOf(text).map(keyed));
  }
  const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
  return inOrder(members.map(([key, member]) => [key, `${JSON.stringify(key)}:${canonicalJson(member)}`]));
};

const hashLength = 22;

/** What an entry of this size needs beside its content. */
const envelopeSize = 600;

export const requestOf = (user: Identity, operation: RoomOperation): OperationRequest => {
  const { opId: given } = operation;
  const json = canonicalJson(contentOf(operation));
  const opId = given ?? newId();
  return {
    user,
    operation,
    opId,
    key: operationKey(user.uid, opId),
    named: given !== undefined,
    contentHash: hash('sha256', json, 'base64url').slice(0, hashLength),
    subjectId: givenId(operation) ?? newId(),
    size: json.length + envelopeSize,
  };
};
