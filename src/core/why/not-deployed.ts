import { whyNotApproved } from '../authority/not-approved.js';
import { type Member, isOver } from '../membership/member.js';
import { wayOut } from '../reasons/words.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import { issueLink } from '../tracking/links.js';
import { MAX_PROSE, reasonText } from '../tracking/phrases.js';
import type { View } from '../view/view.js';
import { endedLines } from './ended.js';

/** Why an issue is not part of the deployment, and who can change that, as a list. */
export function notDeployedLines(number: number, view: View): readonly string[] {
  const { snapshot, tracker, judged } = view;
  if (number === tracker?.number) return [`- ${issueLink(number)} is the tracking issue.`];
  const member = judged.find((each) => each.number === number);
  if (member !== undefined && isOver(member)) return endedLines(member, view) ?? [];
  const { why, ways } =
    member === undefined && snapshot.issues.kind === 'unreadable'
      ? unread('the issues', snapshot.issues.why, view)
      : reasonOf(member, view);
  return [
    `- ${issueLink(number)} is not part of the deployment: ${why}.`,
    ...ways.map((way) => `  - ${way}`),
  ];
}

interface Why {
  /** A clause without a full stop. */
  readonly why: string;
  readonly ways: readonly string[];
}

function reasonOf(member: Member | undefined, view: View): Why {
  const { settings } = view.config;
  const label = codeSpan(settings.labels.deploy);
  const deploy = `Somebody with write reads the issue as it is now, and comments ${commandSpan(settings.commands.prefix, 'deploy')} on it.`;
  if (member === undefined) return { why: `it is no open issue with the label ${label}`, ways: [deploy] };
  const { approval, issue } = member;
  switch (approval.kind) {
    case 'refused':
    case 'withdrawn':
      return { why: whyNotApproved(approval, settings.labels.deploy), ways: [deploy] };
    case 'unread': {
      const reason = { kind: 'approval unread', why: approval.why } as const;
      const text = reasonText(reason, MAX_PROSE);
      return {
        why: text.charAt(0).toLowerCase() + text.slice(1),
        ways: wayOut(reason, settings.commands.prefix),
      };
    }
    case 'given':
    case 'none':
      return {
        why: issue.state === 'closed' ? 'it is closed' : `it does not have the label ${label}`,
        ways: [deploy],
      };
  }
}

function unread(what: string, why: string, view: View): Why {
  const reason = { kind: 'unread', what, why } as const;
  return {
    why: `cannot read ${what}: ${escapeMarkdown(why, MAX_PROSE)}`,
    ways: wayOut(reason, view.config.settings.commands.prefix),
  };
}
