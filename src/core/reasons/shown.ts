import { shortSha } from '../names/members.js';
import { withCommit } from '../text/escape.js';
import type { Reason } from './reason.js';
import { say } from './words.js';

/** A reason as Markdown: escaped for its place, and the commit that the app names in it as code. */
export function shown(reason: Reason, escape: (text: string) => string): string {
  const text = escape(say(reason));
  const sha = commitIn(reason);
  return sha === undefined ? text : withCommit(text, shortSha(sha));
}

function commitIn(reason: Reason): string | undefined {
  switch (reason.kind) {
    case 'approvals':
      return reason.lastPush;
    case 'checks not started':
    case 'settling':
      return reason.sha;
    default:
      return undefined;
  }
}
