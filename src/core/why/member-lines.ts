import type { Override } from '../gate/override.js';
import { createBlockers } from '../graph/critical-path.js';
import type { GateReason, LandingReason, Reason } from '../reasons/reason.js';
import { treeLines, treeOf } from '../reasons/tree.js';
import { wayOut } from '../reasons/words.js';
import { SIGNS, type State } from '../state/state.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown, neutralise } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { issueLink, nodeLink, pullLink } from '../tracking/links.js';
import { MAX_PROSE, reasonText } from '../tracking/phrases.js';
import type { MemberStanding, Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';
import { createTurns } from './turn.js';

/** Of what has to be merged before an issue can start so many are named. */
const MAX_NODES = 20;

/** What a branch without work lacks as well, and what is no reason for that. */
const COMES_WITH_WORK: readonly LandingReason['kind'][] = [
  'not started',
  'task file',
  'checks not started',
  'checks missing',
  'settling',
  'pending checks',
  'unknown mergeability',
];

export interface Explained {
  /** Every unmet condition of an open member, and who or what can change it, as a list of Markdown. */
  readonly full: (standing: MemberStanding) => readonly string[];
  /** The same on one line. */
  readonly short: (standing: MemberStanding) => string;
}

/** Explains the open members of one deployment. A configuration that is not valid is said of all of them at once. */
export function createExplained(view: View, progress: Progress): Explained {
  const { prefix } = view.config.settings.commands;
  const turnOf = createTurns(view, progress);
  const blockersOf = createBlockers(view.graph);
  const standings = new Map(progress.standings.map((each) => [nodeOfMember(each.member), each]));
  const ways = (reason: Reason) => wayOut(reason, prefix).map(neutralise);
  const textOf = (reason: Reason) => reasonText(reason, MAX_PROSE);
  /** In a tree the lines below say why something is waited for. */
  const lineOf = (reason: Reason) => textOf(reason.kind === 'waits' ? { ...reason, because: [] } : reason);
  const item = (reason: Reason) => [`- **${textOf(reason)}**`, ...ways(reason).map((way) => `  - ${way}`)];

  /** What is to be done first about one that others wait for, beside merging it. */
  function ofTarget(reason: Reason): readonly string[] {
    const target = reason.kind === 'waits' ? standings.get(reason.node) : undefined;
    if (target === undefined) return [];
    const unmet = landingOf(target).map(textOf);
    if (isUnstarted(target)) return [`${['Its work has not been pushed yet', ...unmet].join('; ')}.`];
    const turn = turnOf(target);
    if (unmet.length > 0) return [`${unmet.join('; ')}.`];
    return turn === null ? [] : [turn];
  }

  function full(standing: MemberStanding): readonly string[] {
    const { member, state, override } = standing;
    const pull = member.pull === null ? '' : `, pull request ${pullLink(member.pull.number)}`;
    const head = `${issueLink(member.number)}: ${SIGNS[state]} ${state}${pull}`;
    if (member.outcome.kind === 'unread') {
      return [
        issueLink(member.number) + pull,
        '',
        ...item({ kind: 'unread', what: 'how its work ended', why: member.outcome.why }),
      ];
    }
    const gate = gateOf(standing);
    const tree = treeLines(treeOf(gate), prefix, { textOf: lineOf }, (reason) => [
      ...ofTarget(reason),
      ...ways(reason),
    ]);
    const rest = isUnstarted(standing) ? startLines(standing) : landingOf(standing).flatMap(item);
    const left = [...tree, ...rest];
    const turn = turnOf(standing);
    return [head, '', ...overrideLine(override, left), ...left, ...(turn === null ? [] : [`- ${turn}`])];
  }

  function startLines(standing: MemberStanding): readonly string[] {
    const { member, state } = standing;
    const later = landingOf(standing).map(textOf);
    return [
      ...(state === 'provisioning' ? provisioningLines(standing) : []),
      ...(state === 'ready to start'
        ? [
            '- **Nothing keeps it from starting**',
            `  - Its subagent pushes the work to ${codeSpan(member.branchName)}.`,
          ]
        : chainLines(standing)),
      ...(later.length === 0 ? [] : [`- Before it lands, also: ${later.join('; ')}.`]),
    ];
  }

  function provisioningLines({ member: { recorded } }: MemberStanding): readonly string[] {
    if (recorded.kind === 'unreadable') {
      return item({ kind: 'unread', what: 'its task commit', why: recorded.why });
    }
    return [
      '- **Its branch, task file or pull request does not exist yet**',
      view.config.kind === 'valid'
        ? `  - Nothing to do: they are made in a moment, or after ${commandSpan(prefix, 'refresh')}.`
        : '  - They are made once the configuration is valid.',
    ];
  }

  /** All that has to be merged first, where that is more than the reasons themselves have named. */
  function chainLines(standing: MemberStanding): readonly string[] {
    const gate = gateOf(standing);
    const named = gate.filter(({ kind }) => kind === 'waits').length;
    const blockers = blockersOf(nodeOfMember(standing.member));
    if (named === 0 || blockers.length <= named || gate.some(({ kind }) => kind === 'cycle')) return [];
    return [
      `- Before it starts, all of these have to be merged, in this order: ${listed(blockers, MAX_NODES, nodeLink)}.`,
    ];
  }

  function short(standing: MemberStanding): string {
    const { member, state } = standing;
    const reasons = [...gateOf(standing), ...(isUnstarted(standing) ? [] : landingOf(standing))].map(textOf);
    const more = reasons.length > 2 ? `, and ${reasons.length - 2} more` : '';
    const text = reasons.slice(0, 2).join('; ') + more;
    return `- ${issueLink(member.number)} ${SIGNS[state]} ${text === '' ? restText(standing, state) : `${text}.`}`;
  }

  function restText(standing: MemberStanding, state: State): string {
    const { outcome } = standing.member;
    if (outcome.kind === 'unread') {
      return `cannot read how its work ended: ${escapeMarkdown(outcome.why, MAX_PROSE)}.`;
    }
    return turnOf(standing) ?? `${state}.`;
  }

  return { full, short };
}

function overrideLine(override: Override | null, left: readonly string[]): readonly string[] {
  if (override === null) return [];
  const more = left.length === 0 ? '.' : '; what is left:';
  return [`- ${codeSpan(override.by)} has overridden its order for this head${more}`];
}

/** What is wrong with the configuration is said once, of all. */
function gateOf({ gate }: MemberStanding): readonly GateReason[] {
  return gate.filter(({ kind }) => kind !== 'config invalid');
}

/** What keeps a member from landing beside its gate; without work, only what work does not bring by itself. */
function landingOf(standing: MemberStanding): readonly LandingReason[] {
  if (!isUnstarted(standing)) return standing.landing;
  return standing.landing.filter(({ kind }) => !COMES_WITH_WORK.includes(kind));
}

function isUnstarted({ state }: MemberStanding): boolean {
  return state === 'not started' || state === 'ready to start' || state === 'provisioning';
}
