import type { Action } from '../actions/action.js';
import type { Edge } from '../graph/edges.js';
import { type NodeId, nodeOf, nodeOfRef } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import type { DependencyEvent } from '../model/index.js';
import type { Heeded } from '../view/heard.js';
import type { Run } from './run.js';
import { isOvertaken } from './run-overtaken.js';
import { newestCarriedOut } from './run-unanswered.js';

/** The *depends on* edges as the commands before this one leave them. */
export function edgesNow({ earlier, view, login }: Run): readonly Edge[] {
  return earlier.reduce<readonly Edge[]>((edges, action) => {
    if (!isDependency(action)) return edges;
    const { from, to } = endsOf(action, view.snapshot.repository.name);
    const others = edges.filter((edge) => edge.from !== from || edge.to !== to);
    return action.kind === 'remove dependency'
      ? others
      : [...others, { from, to, origin: 'native', by: login }];
  }, view.graph.edges);
}

type DependencyAction = Extract<Action, { readonly kind: 'add dependency' | 'remove dependency' }>;

function isDependency(action: Action): action is DependencyAction {
  return action.kind === 'add dependency' || action.kind === 'remove dependency';
}

/** What a command before this one does about one dependency. */
export function earlierOn({ earlier, here, view }: Run, to: NodeId): DependencyAction | undefined {
  return earlier.filter(isDependency).findLast((action) => {
    const ends = endsOf(action, view.snapshot.repository.name);
    return ends.from === `#${here}` && ends.to === to;
  });
}

function endsOf({ number, blocking }: DependencyAction, home: string): { from: NodeId; to: NodeId } {
  return { from: `#${number}`, to: nodeOf(blocking.number, blocking.repository ?? home, home) };
}

/** The newest event of one dependency, if it was ever native. */
export function lastEvent({ issue }: Member, to: NodeId, home: string): DependencyEvent | undefined {
  const events = issue.history.kind === 'read' ? issue.history.value.dependencies : [];
  return events.findLast(({ blocking }) => nodeOf(blocking.number, blocking.repository, home) === to);
}

/** True if the command was overtaken by the opposite, of which this is the event. */
export function isUndone(event: DependencyEvent, to: NodeId, run: Run): boolean {
  const opposite = event.added ? 'depends-on' : 'not-depends-on';
  const home = run.view.snapshot.repository.name;
  const isOpposite = ({ command, here }: Heeded) =>
    command.verb === opposite && here === run.here && command.refs.some((ref) => nodeOfRef(ref, home) === to);
  return isOvertaken(event, run.comment, newestCarriedOut(run.view, event.at, isOpposite));
}
