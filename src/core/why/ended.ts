import { nodeOf, numberOf } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { issueLink, pullLink } from '../tracking/links.js';
import type { View } from '../view/view.js';

const MAX_NAME = 150;

/** How the work on an issue ended, with the link to what ended it; null while it has not. */
export function endedLines({ number, outcome, pull }: Member, view: View): readonly string[] | null {
  const issue = issueLink(number);
  switch (outcome.kind) {
    case 'open':
    case 'unread':
      return null;
    case 'merged':
      return [`- ${issue} is merged${pull === null ? '' : `: pull request ${pullLink(pull.number)}`}.`];
    case 'done elsewhere':
      return [`- ${issue} is done elsewhere: ${whereLink(outcome.pull, view)} closed it.`];
    case 'cancelled':
      return [
        `- ${issue} is cancelled: ${outcome.how}.`,
        `  - Somebody with write comments ${commandSpan(view.config.settings.commands.prefix, 'deploy')} on it to deploy it again.`,
      ];
  }
}

/** `owner/name#45`: a link if it is of the own repository, else only named. */
function whereLink(pull: string, { snapshot }: View): string {
  const at = pull.lastIndexOf('#');
  const node = nodeOf(Number(pull.slice(at + 1)), pull.slice(0, at), snapshot.repository.name);
  const own = numberOf(node);
  return `pull request ${own === null ? codeSpan(pull, MAX_NAME) : pullLink(own)}`;
}
