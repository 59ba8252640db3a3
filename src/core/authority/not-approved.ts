import { codeSpan } from '../text/code.js';
import { formatMinute } from '../text/time.js';
import type { Approval } from './approval.js';

/** Why a deploy label approves nothing, for people: a clause in Markdown, without a full stop. */
export function whyNotApproved(
  approval: Approval & { kind: 'refused' | 'withdrawn' },
  label: string,
): string {
  if (approval.kind === 'refused') {
    const login = codeSpan(approval.by);
    const who =
      approval.role === 'bot'
        ? `${login} is a bot that the configuration does not list`
        : `${login} has the *${approval.role}* role`;
    return `${who}, and ${codeSpan(label)} needs *write*`;
  }
  const { edit, by } = approval;
  const what = edit.what === 'title' ? 'title' : 'text';
  const who = by === null ? 'an account that is gone' : `${codeSpan(by)}, who has no write access,`;
  return `the ${what} was changed by ${who} at ${formatMinute(edit.at)}, just before or after it was approved`;
}
