import { type IssueRef, formatReference } from '../facts/references.js';
import { type Member, isOver } from '../membership/member.js';
import type { DependencyEvent, LostDependencies, Removal } from '../model/index.js';
import type { Askers, Edge } from './edges.js';
import type { MayFree } from './targets.js';
import type { LineToWrite } from './graph.js';
import { type NodeId, nodeOf } from './node.js';

export interface Found {
  readonly node: NodeId;
  readonly edges: readonly Edge[];
  /** Why not all dependencies could be read; null if they could. */
  readonly unread: string | null;
  readonly toWrite: readonly LineToWrite[];
}

/**
 * What one member depends on: GitHub's native dependencies, those that somebody removed who may not free anything, and
 * the recorded lines that are not native. A line is written natively once; one that was native and was removed by
 * someone who may is gone.
 */
export function dependencyEdges(member: Member, home: string, mayFree: MayFree, askers: Askers): Found {
  const { issue } = member;
  const node = nodeOf(issue.number, home, home);
  const problems: string[] = [];
  const edges = new Map<NodeId, Edge>();
  const add = (to: NodeId, origin: Edge['origin'], by: string | null): void => {
    if (!edges.has(to)) edges.set(to, { from: node, to, origin, by });
  };
  const events = lastEvents(issue.history.kind === 'read' ? issue.history.value.dependencies : [], home);
  const lines = new Map(
    recordedLines(member).map((ref) => [nodeOf(ref.number, repositoryOf(ref, home), home), ref]),
  );
  const approver = approverOf(member);

  if (issue.blockedBy.kind === 'unreadable') problems.push(issue.blockedBy.why);
  else {
    for (const blocker of issue.blockedBy.value) {
      const to = nodeOf(blocker.number, blocker.repository, home);
      const event = events.get(to);
      const actor = event?.added === true ? event.actor : null;
      const onWord = () => askers.dependency(issue.number, to) ?? (lines.has(to) ? approver : null);
      const login = actor?.login ?? null;
      add(to, 'native', actor?.kind === 'me' ? (onWord() ?? login) : login);
    }
  }

  if (issue.history.kind === 'unreadable') problems.push(issue.history.why);
  else if (isLost(issue.history.value.lostDependencies, mayFree)) problems.push(LOST);
  for (const [to, event] of events) {
    const by = event.actor?.login ?? null;
    // The dependencies and their events are read one after the other, and either may lag: the stricter one holds.
    if (event.added && issue.blockedBy.kind === 'read') add(to, 'native', by);
    else if (!event.added && !removalCounts(event, mayFree)) add(to, 'kept', by);
  }

  const toWrite: LineToWrite[] = [];
  if (recordUnread(member)) problems.push('the recorded task cannot be read');
  for (const [to, ref] of lines) {
    if (edges.has(to) || events.has(to)) continue;
    add(to, 'line', approver);
    if (ref.owner === undefined && to !== node) toWrite.push({ member: issue.number, ref });
  }
  return { node, edges: [...edges.values()], unread: problems[0] ?? null, toWrite };
}

const LOST = 'an issue that it depended on was deleted, or is hidden from this app';

/** Who approved what the task records. */
function approverOf({ recorded }: Member): string | null {
  return recorded.kind === 'read' ? (recorded.value?.approvedBy ?? null) : null;
}

const NO_EVENTS: ReadonlyMap<NodeId, DependencyEvent> = new Map();

/** The last event of each blocker. */
function lastEvents(events: readonly DependencyEvent[], home: string): ReadonlyMap<NodeId, DependencyEvent> {
  if (events.length === 0) return NO_EVENTS;
  return new Map(events.map((event) => [targetOf(event, home), event]));
}

function targetOf(event: DependencyEvent, home: string): NodeId {
  return nodeOf(event.blocking.number, event.blocking.repository, home);
}

/** No removal tells which of them it was of, so that each that counts frees one, and any other keeps one. */
function isLost(lost: LostDependencies | undefined, mayFree: MayFree): boolean {
  if (lost === undefined) return false;
  const freed = lost.removals.filter((removal) => removalCounts(removal, mayFree)).length;
  return freed < Math.max(lost.added, lost.removals.length);
}

function removalCounts(event: Removal, mayFree: MayFree): boolean {
  if (event.actor === null) return false;
  if (event.actor.kind === 'me') return true;
  const may = mayFree(event.actor, event.at);
  return may.kind === 'read' && may.value;
}

/** Lines count once the task is recorded: an issue's text alone changes nothing. */
function recordedLines(member: Member): readonly IssueRef[] {
  const recorded = member.recorded.kind === 'read' ? member.recorded.value : null;
  return recorded?.file.kind === 'read' ? member.facts.dependencies.lines.map((line) => line.ref) : [];
}

/** The app opens its pull requests on a record: one without has lost it, and with it what it has to wait for. */
function recordUnread(member: Member): boolean {
  if (member.recorded.kind === 'unreadable') return true;
  if (member.recorded.value === null) return !isOver(member) && member.pull?.author?.kind === 'me';
  return member.recorded.value.text === null;
}

function repositoryOf(ref: IssueRef, home: string): string {
  return ref.owner === undefined ? home : (formatReference(ref).split('#')[0] ?? home);
}
