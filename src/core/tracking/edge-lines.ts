/** One line for each edge: what it joins, how that stands, where it comes from and who it comes from. */
import type { Edge, Share, ShareOrigin } from '../graph/edges.js';
import type { Overlap } from '../graph/overlaps.js';
import type { NodeId } from '../graph/node.js';
import type { TargetStatus } from '../graph/targets.js';
import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import { listed } from '../text/listed.js';
import { nodeLink, pullLink } from './links.js';
import { MAX_PROSE } from './phrases.js';

const MAX_SHARERS = 20;
const MAX_NAME = 100;
const MAX_FILES = 3;

export function edgeLine(edge: Edge, targets: ReadonlyMap<NodeId, TargetStatus>): string {
  const status = statusText(targets.get(edge.to));
  return `- ${nodeLink(edge.from)} depends on ${nodeLink(edge.to)}: ${status} · ${originText(edge)}`;
}

function originText({ origin, by }: Edge): string {
  switch (origin) {
    case 'native':
      return by === null ? 'set on GitHub' : `set by ${codeSpan(by)}`;
    case 'line':
      return `as its task says${by === null ? '' : `, approved by ${codeSpan(by)}`}`;
    case 'kept':
      return `${by === null ? 'whoever removed it' : `${codeSpan(by)} removed it and`} may not, so it still counts`;
  }
}

function statusText(status: TargetStatus | undefined): string {
  switch (status?.kind) {
    case undefined:
      return 'cannot be read';
    case 'met':
      return 'done';
    case 'open':
      return status.pull === null ? 'open' : `open, pull request ${pullLink(status.pull)}`;
    case 'closed':
      return escapeMarkdown(status.how);
    case 'unreadable':
      return `cannot be read: ${escapeMarkdown(status.why)}`;
  }
}

/** A *shares* edge that labels state. Overlaps have lines of their own. */
export function shareLine({ what, members, note }: Share, origin: LabelOrigin): string {
  const coordination = note === null ? '' : `. Coordination: ${escapeMarkdown(note, MAX_PROSE)}`;
  const alone = members.length === 1 ? ' with no other issue yet' : '';
  const verb = members.length === 1 ? 'shares' : 'share';
  return `- ${sharers(members)} ${verb} ${codeSpan(what, MAX_NAME)}${alone}${coordination} · ${putBy(origin)}`;
}

type LabelOrigin = Extract<ShareOrigin, { readonly kind: 'label' }>;

function putBy({ by, recorded }: LabelOrigin): string {
  const names = by.slice(0, MAX_SHARERS).map((login) => codeSpan(login));
  const label = names.length === 0 ? [] : [`label by ${names.join(', ')}`];
  const task = recorded ? ['as a task says'] : [];
  return [...label, ...task].join('; ') || 'label';
}

/** Files that several pull requests change, and whether anything comes of it. */
export function overlapLine({ files, members, standing }: Overlap): string {
  const named = listed(files, MAX_FILES, (path) => codeSpan(path, MAX_NAME));
  return `- ${sharers(members)} change ${named}: ${STANDING[standing]}`;
}

/** A pull request that may overlap with any other, where overlaps are enforced. */
export function unreadFilesLine(node: NodeId, why: string): string {
  return `- ${nodeLink(node)} may change the files of all others: its own cannot be read (${escapeMarkdown(why, MAX_PROSE)}): enforced`;
}

const STANDING = {
  enforced: 'enforced',
  noted: 'noted, not enforced',
  'hub file': 'hub file, not enforced',
  ignored: 'in `gate.ignore`, not enforced',
  generated: 'generated, not enforced',
  'lock file': 'lock file, not enforced',
} satisfies Record<Overlap['standing'], string>;

function sharers(members: readonly NodeId[]): string {
  if (members.length === 2) return members.map(nodeLink).join(' and ');
  return listed(members, MAX_SHARERS, nodeLink);
}
