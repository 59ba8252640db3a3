import type { NodeId } from '../graph/node.js';
import type { Digest } from '../names/labels.js';
import type { GateReason } from '../reasons/reason.js';
import { type Phrases, treeKey, treeLines, treeOf } from '../reasons/tree.js';
import { say } from '../reasons/words.js';
import { type Judged, type Judgement, type Summary, free, sealed, withTracker } from './verdict.js';

/** A pull request whose changes a merge group holds. */
export interface Grouped {
  readonly number: number;
  /** The members whose work it is; none for a pull request that is not part of the deployment. */
  readonly nodes: readonly NodeId[];
  /** What closes its own gate. */
  readonly reasons: readonly GateReason[];
}

export interface GroupSituation {
  /** In the order of the queue, which is the order in which they merge. */
  readonly pulls: readonly Grouped[];
  /** Whether what the group is built on holds the work of a member that has landed. */
  readonly isBelow: (node: NodeId) => boolean;
  /** Members with a place in the same queue, before the group or behind it. */
  readonly queued: ReadonlySet<NodeId>;
  /** Address of the tracking issue; null while there is none. */
  readonly tracker: string | null;
  /** That of the slash commands. */
  readonly prefix: string;
  readonly phrases: Phrases;
}

interface Left {
  readonly number: number;
  readonly reasons: readonly GateReason[];
}

/**
 * The verdict on the head of a merge group: success only if everything in it may merge in this order. What cannot be read
 * leaves the group waiting; anything else fails it, so that the queue goes on without the pull request.
 */
export function groupVerdict(situation: GroupSituation, digest: Digest): Judgement {
  return sealed(judge(situation), digest);
}

function judge(situation: GroupSituation): Judged {
  const { pulls, tracker } = situation;
  if (pulls.every(({ nodes, reasons }) => nodes.length === 0 && reasons.length === 0)) {
    return free(
      'Not part of a subagent deployment',
      'No subagent deployment speaks of the pull requests of this merge group.',
    );
  }
  const left = reasonsLeft(situation);
  const [first] = left;
  if (first === undefined) {
    return free(
      'Free to merge: the group keeps the merge order',
      'Everything that its pull requests depend on is done, or comes before them in this merge group.',
      tracker,
    );
  }
  const waits = left.every(({ reasons }) => reasons.every(isUnread));
  const [reason] = first.reasons;
  return {
    status: waits ? 'in_progress' : 'completed',
    conclusion: waits ? null : 'failure',
    title: `Pull request #${first.number}: ${reason === undefined ? '' : say(reason)}`,
    summary: withTracker(summarise(left, situation), tracker),
    buttons: [],
  };
}

function summarise(left: readonly Left[], { prefix, phrases }: GroupSituation): Summary {
  const trees = left.map(({ number, reasons }) => ({ number, tree: treeOf(reasons) }));
  return {
    key: [prefix, ...trees.map(({ number, tree }) => `${number}\n${treeKey(tree, phrases)}`)].join('\n'),
    words: () =>
      [
        'This merge group may not merge.',
        ...trees.map(({ number, tree }) =>
          [`Pull request #${number}:`, '', ...treeLines(tree, prefix, phrases)].join('\n'),
        ),
      ].join('\n\n'),
  };
}

/** What the place in the queue does not settle, by pull request. */
function reasonsLeft({ pulls, isBelow, queued }: GroupSituation): readonly Left[] {
  const before = new Set<NodeId>();
  return pulls.flatMap(({ number, nodes, reasons }) => {
    const left = reasons.filter((reason) => !isSettled(reason));
    for (const node of nodes) before.add(node);
    return left.length === 0 ? [] : [{ number, reasons: left }];
  });

  /** GitHub tests what comes before in the queue together with what comes behind, so sharers need no update there. */
  function isSettled(reason: GateReason): boolean {
    switch (reason.kind) {
      case 'waits':
        return before.has(reason.node);
      case 'needs update':
        return isBelow(reason.node);
      case 'sharer landing':
        return queued.has(reason.node);
      default:
        return false;
    }
  }
}

function isUnread(reason: GateReason): boolean {
  switch (reason.kind) {
    case 'dependencies unread':
    case 'approval unread':
    case 'files unread':
      return true;
    case 'hold':
    case 'frozen':
      return reason.because.unread === true;
    default:
      return false;
  }
}
