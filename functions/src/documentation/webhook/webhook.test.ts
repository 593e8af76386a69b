import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readPush } from './push-event.ts';
import { isSignedBy } from './signature.ts';

const secret = 'a secret of some length';
const body = Buffer.from('{"ref":"refs/heads/main"}');
const signed = (by: string, bytes = body) => `sha256=${createHmac('sha256', by).update(bytes).digest('hex')}`;
const [before, after] = ['1'.repeat(40), '2'.repeat(40)];

describe('the webhook', () => {
  it.each([
    ['GitHub’s signature', { signature: signed(secret), token: undefined }, true],
    ['another secret’s signature', { signature: signed('other'), token: undefined }, false],
    [
      'a signature of another body',
      { signature: signed(secret, Buffer.from('{}')), token: undefined },
      false,
    ],
    ['the signature without its name', { signature: signed(secret).slice(7), token: undefined }, false],
    ['an empty signature', { signature: '', token: undefined }, false],
    ['GitLab’s token', { signature: undefined, token: secret }, true],
    ['another token', { signature: undefined, token: `${secret}x` }, false],
    ['a bad signature beside the token', { signature: 'sha256=', token: secret }, false],
    ['nothing', { signature: undefined, token: undefined }, false],
  ])('[DO8] %s', (_, headers, expected) => {
    expect(isSignedBy(secret, { body, ...headers })).toBe(expected);
  });

  const push = {
    ref: 'refs/heads/main',
    before,
    after,
    repository: { full_name: 'acme/shop', name: 'shop', default_branch: 'main', url: 'https://x.example' },
  };

  it('[DO8] reads a push of GitHub and one of GitLab', () => {
    expect(readPush(push)).toEqual({
      names: ['acme/shop', 'shop'],
      from: before,
      to: after,
      isDefaultBranch: true,
    });
    const project = { path_with_namespace: 'group/shop', name: 'Shop', default_branch: 'main' };
    const { repository: _, ...rest } = push;
    expect(readPush({ ...rest, object_kind: 'push', project })).toMatchObject({
      names: ['group/shop', 'Shop'],
    });
  });

  it.each([
    ['a branch that is new', { ...push, before: '0'.repeat(40) }, { to: after }],
    ['another branch', { ...push, ref: 'refs/heads/try' }, { isDefaultBranch: false }],
  ])('[DO8] %s', (_, payload, expected) => {
    expect(readPush(payload)).toMatchObject(expected);
  });

  it.each([
    ['a tag', { ...push, ref: 'refs/tags/v1' }],
    ['a branch that is deleted', { ...push, after: '0'.repeat(40) }],
    ['an option for a commit', { ...push, after: '--upload-pack=touch /tmp/x' }],
    ['a ping', { zen: 'Keep it simple.' }],
    ['a list', []],
    ['nothing', null],
  ])('[DO9] %s is no push', (_, payload) => {
    expect(readPush(payload)).toBeUndefined();
  });
});
