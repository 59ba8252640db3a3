import { createHash } from 'node:crypto';

import type { Outgoing } from '../http/message.js';

/**
 * Gives the answer to a GET its entity tag, and turns it into 304 without a body if the caller has it already. Source:
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function withEtag(answer: Outgoing, ifNoneMatch: string | undefined): Outgoing {
  if (answer.status !== 200) return answer;
  const etag = `W/"${createHash('sha256').update(answer.body).digest('hex')}"`;
  const headers = { ...answer.headers, etag, 'cache-control': 'private, max-age=60, s-maxage=60' };
  if (!matches(ifNoneMatch, etag)) return { ...answer, headers };
  const { 'content-type': _, ...others } = headers as Record<string, string>;
  return { status: 304, headers: others, body: '' };
}

/** Entity tags are compared weakly, as RFC 9110 asks for reads. */
function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));
}
