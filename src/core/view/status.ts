import { to } from '../commands/answers.js';
import { dependenciesByNode } from '../graph/edges.js';
import { SIGNS } from '../state/state.js';
import { say } from '../reasons/words.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { formatMinute } from '../text/time.js';
import { type Progress, type MemberStanding, pushedAt } from './progress.js';
import { type View, nodeOfMember } from './view.js';

/** The answer to `status`: one short list for each issue that is meant. */
export function answerStatus(
  login: string,
  numbers: readonly number[],
  view: View,
  progress: Progress,
): string {
  const lines = numbers.flatMap((number) => {
    const standing = progress.standings.find(({ member }) => member.number === number);
    return standing === undefined
      ? [`- #${number}: not part of the deployment`]
      : statusLines(standing, view, progress);
  });
  return [
    to(login, 'this is how it stands.'),
    '',
    ...(lines.length === 0 ? ['Nothing is deployed.'] : lines),
  ].join('\n');
}

function statusLines(
  { member, state, because, position }: MemberStanding,
  view: View,
  progress: Progress,
): readonly string[] {
  const { pull, branchName, number } = member;
  const waits = (dependenciesByNode(view.graph.edges).get(nodeOfMember(member)) ?? [])
    .map((edge) => edge.to)
    .filter((node) => view.graph.targets.get(node)?.kind !== 'met');
  const pushed = pushedAt(member);
  const reason = because[0] === undefined ? '' : `: ${escapeMarkdown(say(because[0]))}`;
  return [
    `- #${number}: ${SIGNS[state]} ${state}${reason}`,
    `  - branch ${codeSpan(branchName)}, pull request ${pull === null ? 'not opened yet' : `#${pull.number}`}`,
    `  - waits for ${waits.length === 0 ? 'nothing' : waits.join(', ')}`,
    `  - position ${position} of ${progress.standings.length}, last push ${pushed === null ? 'not known' : formatMinute(pushed)}`,
  ];
}
