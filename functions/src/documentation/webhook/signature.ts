import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Digests have one length, so that comparing tells nothing of either text, not even its length. */
const isSame = (one: string, other: string): boolean => {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
};

export interface SignedRequest {
  /** The bytes that the signature covers. */
  body: Buffer;
  /** `X-Hub-Signature-256` of GitHub. */
  signature: string | undefined;
  /** `X-Gitlab-Token` of GitLab, which is the secret itself. */
  token: string | undefined;
}

/** Whether whoever sent this knows the secret: by a signature of the body, or by the token GitLab sends. */
export const isSignedBy = (secret: string, { body, signature, token }: SignedRequest): boolean => {
  if (signature !== undefined) {
    return isSame(signature, `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`);
  }
  return token !== undefined && isSame(token, secret);
};
