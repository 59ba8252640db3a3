import { type Member, isOver } from '../membership/member.js';
import { type Readable, unreadable } from '../model/index.js';
import type { Settings } from '../settings/schema.js';
import { cutText, oneLine, plural } from '../text/clean.js';
import { pathMatcher } from '../text/glob.js';
import type { Share } from './edges.js';
import { writtenByTool } from './known-files.js';
import { type NodeId, compareNodes } from './node.js';

/**
 * What an overlap does. Only `enforced` does anything; all others are shown.
 *
 * - `noted`: the settings do not ask for more.
 * - `hub file`: so many change it that each landing would ask all others for an update.
 * - `ignored`: a pattern of the settings names it.
 * - `lock file`, `generated`: a tool writes it.
 */
export type OverlapStanding = 'enforced' | 'noted' | 'hub file' | 'ignored' | 'generated' | 'lock file';

const STANDINGS: readonly OverlapStanding[] = [
  'enforced',
  'noted',
  'hub file',
  'ignored',
  'generated',
  'lock file',
];

/** Files that the pull requests of these members, and of no others, change. */
export interface Overlap {
  /** In order of their paths, at least one. */
  readonly files: readonly string[];
  /** By number, at least two, of which one is open. */
  readonly members: readonly NodeId[];
  readonly standing: OverlapStanding;
}

export interface Overlaps {
  readonly overlaps: readonly Overlap[];
  /** Where overlaps are enforced: members whose files cannot be read, and why. Each may overlap with any other. */
  readonly unread: ReadonlyMap<NodeId, string>;
}

type OverlapSettings = Pick<Settings, 'gate'>;

/**
 * Finds the files that pull requests of a deployment change, open or merged in it, as long as one of them is open. Task
 * files do not count: each branch adds its own, and the app removes it. The cost is that of the lists of files: no pair
 * is ever looked at.
 */
export function findOverlaps(members: readonly Member[], settings: OverlapSettings): Overlaps {
  if (settings.gate.overlaps === 'ignore') return { overlaps: [], unread: new Map() };
  const tasks = new Set(members.map(({ taskPath }) => taskPath));
  const changes = [...members].sort((a, b) => a.number - b.number).flatMap(changeOf);
  const byFile = new Map<string, NodeId | NodeId[]>();
  const open = new Set<NodeId>();
  const unread = new Map<NodeId, string>();
  for (const { node, isOpen, files } of changes) {
    if (isOpen) open.add(node);
    if (files.kind === 'unreadable') {
      if (settings.gate.overlaps === 'coordinate') unread.set(node, files.why);
      continue;
    }
    for (const path of files.value) {
      const before = byFile.get(path);
      // Nearly every file is changed by one pull request alone.
      if (before === undefined) byFile.set(path, node);
      else if (typeof before !== 'string') addLast(before, node);
      else if (before !== node) byFile.set(path, [before, node]);
    }
  }
  const isIgnored = pathMatcher(settings.gate.ignore);
  const groups = new Map<
    string,
    { files: string[]; members: readonly NodeId[]; standing: OverlapStanding }
  >();
  for (const [path, nodes] of byFile) {
    if (typeof nodes === 'string' || tasks.has(path) || !nodes.some((node) => open.has(node))) continue;
    const standing = standingOf(path, isHub(nodes.length, changes.length), isIgnored, settings);
    const key = `${standing} ${nodes.join(' ')}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { files: [path], members: nodes, standing });
    else group.files.push(path);
  }
  const overlaps = [...groups.values()].map((group) => ({ ...group, files: group.files.sort() }));
  return { overlaps: overlaps.sort(compareOverlaps), unread };
}

function addLast(nodes: NodeId[], node: NodeId): void {
  if (nodes.at(-1) !== node) nodes.push(node);
}

interface Change {
  readonly node: NodeId;
  readonly isOpen: boolean;
  readonly files: Readable<readonly string[]>;
}

/** What a member's pull request changes, if it is open or was merged. */
function changeOf(member: Member): readonly Change[] {
  const { pull, outcome, number } = member;
  if (pull === null) return [];
  const isOpen = !isOver(member) && pull.state === 'open';
  // Where nobody can tell how it ended, GitHub's word that it was merged is enough.
  const isMerged = outcome.kind === 'merged' || (outcome.kind === 'unread' && pull.state === 'merged');
  if (!isOpen && !isMerged) return [];
  const files = pull.detail.kind === 'read' ? pull.detail.value.files : pull.detail;
  return [{ node: `#${number}`, isOpen, files: wholeList(files, pull.changedFiles, isMerged) }];
}

/**
 * A list with fewer files than there are is not read: GitHub lists so many at most, and nobody has seen whether it still
 * compares with the old base once that was moved to the very head.
 */
function wholeList(files: Change['files'], count: number, isMerged: boolean): Change['files'] {
  const least = Math.max(count, isMerged ? 1 : 0);
  if (files.kind === 'unreadable' || files.value.length >= least) return files;
  return unreadable(`GitHub lists ${files.value.length} of at least ${plural(least, 'file')}`);
}

/**
 * More than a third of the deployment's pull requests change it. Those that have landed count with the open ones, so that
 * a hub does not turn into something else while its deployment lands. Two alone never make one: of four or five they would
 * be more than a third, and a pair is what overlaps are there for. Of three or fewer, to bring each up to date costs little.
 */
function isHub(changing: number, of: number): boolean {
  return of >= 4 && changing >= 3 && changing * 3 > of;
}

function standingOf(
  path: string,
  isHubFile: boolean,
  isIgnored: (path: string) => boolean,
  { gate }: OverlapSettings,
): OverlapStanding {
  const written = writtenByTool(path);
  if (written !== null) return written;
  if (isIgnored(path)) return 'ignored';
  if (isHubFile) return 'hub file';
  return gate.overlaps === 'coordinate' ? 'enforced' : 'noted';
}

/** What is enforced first, then by members, then by files. */
function compareOverlaps(a: Overlap, b: Overlap): number {
  const byStanding = STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing);
  if (byStanding !== 0) return byStanding;
  for (const [index, node] of a.members.entries()) {
    const other = b.members[index];
    if (other === undefined) return 1;
    if (node !== other) return compareNodes(node, other);
  }
  return a.members.length - b.members.length;
}

const MAX_PATH = 100;

/** The enforced overlaps as *shares* edges. */
export function overlapShares(overlaps: readonly Overlap[]): readonly Share[] {
  return overlaps
    .filter(({ standing }) => standing === 'enforced')
    .map(({ files, members }) => {
      const more = files.length === 1 ? '' : ` and ${plural(files.length - 1, 'more file')}`;
      const what = `${cutText(oneLine(files[0] ?? ''), MAX_PATH)}${more}`;
      return { what, members, note: null, origin: { kind: 'overlap' } };
    });
}
