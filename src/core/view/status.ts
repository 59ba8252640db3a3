import { to } from '../commands/answers.js';
import { createBlockers } from '../graph/critical-path.js';
import { dependenciesByNode } from '../graph/edges.js';
import type { NodeId } from '../graph/node.js';
import { SIGNS } from '../state/state.js';
import { say } from '../reasons/words.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { firstBlocks } from '../text/fitting.js';
import { listed } from '../text/listed.js';
import { formatMinute } from '../text/time.js';
import { type Progress, type MemberStanding, pushedAt } from './progress.js';
import { type View, nodeOfMember } from './view.js';

/** Of what an issue waits for so many are named. */
const MAX_NODES = 20;
/** People's words of one reason, and all of the answer, in characters. */
const MAX_REASON = 300;
const MAX_STATUS = 30_000;

/** The answer to `status`: one short list for each issue that is meant. */
export function answerStatus(
  login: string,
  numbers: readonly number[],
  view: View,
  progress: Progress,
): string {
  const standings = new Map(progress.standings.map((standing) => [standing.member.number, standing]));
  const waits = createWaits(view);
  const blocks = numbers.map((number) => {
    const standing = standings.get(number);
    return standing === undefined
      ? [`- #${number}: not part of the deployment`]
      : statusLines(standing, waits(nodeOfMember(standing.member)), standings.size);
  });
  const { lines, left } = firstBlocks(blocks, MAX_STATUS);
  return [
    to(login, 'this is how it stands.'),
    '',
    ...(lines.length === 0 ? ['Nothing is deployed.'] : lines),
    ...(left === 0 ? [] : ['', `${left} more: name those that you mean, like ${codeSpan('status #8')}.`]),
  ].join('\n');
}

function statusLines(
  { member, state, because, position }: MemberStanding,
  waits: string,
  count: number,
): readonly string[] {
  const { pull, branchName, number } = member;
  const pushed = pushedAt(member);
  const reason = because[0] === undefined ? '' : `: ${escapeMarkdown(say(because[0]), MAX_REASON)}`;
  return [
    `- #${number}: ${SIGNS[state]} ${state}${reason}`,
    `  - branch ${codeSpan(branchName)}, pull request ${pull === null ? 'not opened yet' : `#${pull.number}`}`,
    `  - waits for ${waits}`,
    `  - position ${position} of ${count}, last push ${pushed === null ? 'not known' : formatMinute(pushed)}`,
  ];
}

/** What each waits for itself, and what that waits for in turn. */
function createWaits({ graph }: View): (node: NodeId) => string {
  const dependencies = dependenciesByNode(graph.edges);
  const blockersOf = createBlockers(graph);
  return (node) => {
    const direct = new Set((dependencies.get(node) ?? []).map((edge) => edge.to));
    const blockers = blockersOf(node);
    const own = blockers.filter((each) => direct.has(each));
    const others = blockers.filter((each) => !direct.has(each));
    if (own.length === 0) return 'nothing';
    const through = own.length === 1 ? 'it' : 'them';
    return named(own) + (others.length === 0 ? '' : `, and through ${through} for ${named(others)}`);
  };
}

function named(nodes: readonly NodeId[]): string {
  return listed(nodes, MAX_NODES, String);
}
