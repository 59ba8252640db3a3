/** The whole deployment for a program that starts subagents: what they have to know, in merge order, as YAML. */
import { holds } from '../authority/standing.js';
import { type Share, dependenciesByNode } from '../graph/edges.js';
import { type NodeId, numberOf } from '../graph/node.js';
import { type Member, isOver } from '../membership/member.js';
import { worktreeOf } from '../names/members.js';
import { fence } from '../text/code.js';
import { type YamlValue, yamlFlow } from '../text/yaml-flow.js';
import type { MemberStanding } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';

/** Of the keys below and what they mean; a change that would break a reader has another number. */
const VERSION = 1;

/** More characters than a body has room for beside the table of as many subagents. */
const MAX_BATCH = 50_000;

type Entries = Readonly<Record<string, YamlValue>>;

/**
 * The folded block of the batch configuration; null if there are too many subagents for a body. Where the configuration is
 * not valid nobody knows the names that are meant, so there is none. The keys are described in docs/operating.md.
 */
export function renderBatch(view: View, standings: readonly MemberStanding[]): string | null {
  const open = standings.filter(({ member }) => !isOver(member));
  if (open.length === 0) return '';
  if (view.config.kind !== 'valid')
    return 'There is no batch configuration, since the configuration is not valid.';
  const lines = linesOf(headOf(view, open), '', '');
  lines.push('subagents:');
  const entriesOf = createEntries(view);
  let left = MAX_BATCH;
  for (const standing of open) {
    const own = linesOf(entriesOf(standing), '  - ', '    ');
    left -= own.reduce((sum, line) => sum + line.length + 1, 0);
    if (left < 0) return null;
    lines.push(...own);
  }
  const yaml = fence(lines.join('\n'), 'yaml');
  return `<details>\n<summary>Batch configuration, for a program that starts the subagents</summary>\n\n${yaml}\n\n</details>`;
}

/** A mapping in block style, each value on the line of its key. */
function linesOf(entries: Entries, first: string, others: string): string[] {
  return Object.entries(entries).map(
    ([key, value], index) => `${index === 0 ? first : others}${key}: ${yamlFlow(value)}`,
  );
}

function headOf(view: View, open: readonly MemberStanding[]): Entries {
  const { settings } = view.config;
  const { name, url } = view.snapshot.repository;
  return {
    version: VERSION,
    repository: name,
    'clone-url': `${url}.git`,
    base: view.baseBranch,
    strategy: 'individual pull requests',
    'start-when': settings.start.when,
    'max-running': settings.runner['max-running'],
    paused: holds(view.pause),
    frozen: holds(view.freeze),
    'merge-order': open.map(({ member }) => member.number),
  };
}

/** What is said of one subagent. Lists that cannot be read are null, which is not the same as empty. */
function createEntries(view: View): (standing: MemberStanding) => Entries {
  const { graph, config, baseBranch } = view;
  const dependencies = dependenciesByNode(graph.edges);
  const shares = sharesByNode(view);
  const isUnmet = (node: NodeId) => graph.targets.get(node)?.kind !== 'met';
  return ({ member, state }) => {
    const { number, branchName, branch, taskPath, pull, facts } = member;
    const node = nodeOfMember(member);
    const targets = (dependencies.get(node) ?? []).map(({ to }) => to);
    const known = (nodes: readonly NodeId[]) => (graph.unread.has(node) ? null : nodes.map(idOf));
    return {
      issue: number,
      state,
      branch: branchName,
      'branch-exists': branch !== null,
      worktree: worktreeOf(config.settings, number, baseBranch),
      'task-file': taskPath,
      'pull-request': pull?.number ?? null,
      'depends-on': known(targets),
      'waits-for': known(targets.filter(isUnmet)),
      'shares-with': (shares.get(node) ?? []).map(({ what, members }) => ({
        what,
        issues: members.filter((other) => other !== node).map(idOf),
      })),
      'effort-hours': effortOf(member),
      risk: facts.risk.kind === 'known' ? facts.risk.value.level : null,
    };
  };
}

/** An issue of the own repository by its number, others by their names. */
function idOf(node: NodeId): number | string {
  return numberOf(node) ?? node;
}

/** The shares of each member. */
function sharesByNode({ graph }: View): ReadonlyMap<NodeId, readonly Share[]> {
  const found = new Map<NodeId, Share[]>();
  for (const share of graph.shares) {
    for (const node of share.members) {
      const known = found.get(node);
      if (known === undefined) found.set(node, [share]);
      else known.push(share);
    }
  }
  return found;
}

function effortOf({ facts: { effort } }: Member): Entries | null {
  if (effort.kind !== 'known') return null;
  return { low: rounded(effort.value.low), high: rounded(effort.value.high) };
}

/** At most two decimals, and nothing that is more than nothing becomes nothing. */
function rounded(hours: number): number {
  return hours > 0 ? Math.max(0.01, Math.round(hours * 100) / 100) : 0;
}
