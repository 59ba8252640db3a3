import { type RoleBook, atLeast, createRoleBook } from '../authority/role-book.js';
import type { Standing } from '../authority/standing.js';
import type { RefContext } from '../facts/references.js';
import type { Askers } from '../graph/edges.js';
import { type Graph, buildGraph } from '../graph/graph.js';
import { type NodeId, nodeOf } from '../graph/node.js';
import type { MayFree } from '../graph/targets.js';
import { type Brake, brakeStanding } from '../membership/brakes.js';
import type { Member } from '../membership/member.js';
import { judgeIssues, membersOf } from '../membership/members.js';
import { begunAt, sinceOf } from '../membership/since.js';
import { type Issue, type Pull, type Snapshot, type Time, type Tracker, valueOr } from '../model/index.js';
import { type Digest, controlLabels } from '../names/labels.js';
import { type GateReasons, createGateReasons } from '../reasons/gate-reasons.js';
import { type Heard, hear } from './heard.js';
import type { ConfigInForce } from './config-in-force.js';
import { createEdgeAskers } from './edge-askers.js';
import { inOrder } from './in-order.js';
import { type Places, createPlaces } from './places.js';
import { type JudgedRefusals, type Refusal, judgeRefusals } from './refusal.js';
import { type SaidBook, createSaidBook } from './said-book.js';
import { currentTracker } from './trackers.js';
import { createTroubles } from './troubles.js';

export type { Refusal } from './refusal.js';

/** A deployment as everything that is decided and shown sees it: the snapshot, judged. */
export interface View extends JudgedRefusals {
  readonly snapshot: Snapshot;
  readonly now: Time;
  readonly digest: Digest;
  readonly config: ConfigInForce;
  readonly baseBranch: string;
  readonly book: RoleBook;
  readonly said: SaidBook;
  readonly refs: RefContext;
  /** Commands that were accepted and those still to be answered. */
  readonly heard: Heard;
  readonly places: Places;
  readonly tracker: Tracker | null;
  /** Every issue of the snapshot, member or not. */
  readonly judged: readonly Member[];
  /** In merge order. */
  readonly members: readonly Member[];
  readonly graph: Graph;
  /** Who asked for its edges by commands. */
  readonly askers: Askers;
  /** The gates as they are while this one lands; null: while none does. */
  gateReasons(landing: NodeId | null): GateReasons;
  readonly freeze: Standing;
  readonly pause: Standing;
}

/** Judges a snapshot. `now` decides nothing but crossings of time. */
export function viewOf(
  given: Snapshot,
  config: ConfigInForce,
  now: Time,
  digest: Digest,
  refusals: readonly Refusal[] = [],
): View {
  const snapshot = inOrder(given);
  const { settings } = config;
  const book = createRoleBook(snapshot.roles, settings.allow.bots);
  const refs: RefContext = { repository: snapshot.repository.name, host: hostOf(snapshot.repository.url) };
  const baseBranch = settings.base ?? snapshot.repository.defaultBranch;
  const tracker = currentTracker(valueOr(snapshot.trackers, []), baseBranch);
  const places = createPlaces(snapshot, settings, tracker);
  const heard = hear(snapshot.comments, settings, refs, places);
  const judged = judgeIssues({
    snapshot,
    settings,
    book,
    asked: heard.deploys,
    riskSaid: heard.risk,
    baseBranch,
    refs,
  });
  const unordered = membersOf(judged, sinceOf(tracker, begunAt(judged)));

  const home = snapshot.repository.name;
  const mayFree: MayFree = (actor, at) => {
    const role = book.of(actor, at);
    return role.kind === 'read' ? { kind: 'read', value: atLeast(role.value, 'write') } : role;
  };
  const askers = createEdgeAskers(heard.accepted, home, digest);
  const graph = buildGraph(unordered, { home, settings, named: snapshot.named, mayFree, askers, digest });
  const byNode = new Map(unordered.map((member) => [nodeOf(member.number, home, home), member]));
  const members = graph.order.flatMap((node) => byNode.get(node) ?? []);
  const brake = (kind: Brake) => brakeOf(kind, snapshot, tracker, controlLabels(settings)[kind].name, book);
  const freeze = brake('freeze');
  const gates = {
    members: byNode,
    graph,
    baseBranch,
    freeze,
    frozenBecause: heard.frozen(freeze),
    heldBecause: (issue: number) => heard.held(issue, byNode.get(`#${issue}`)?.hold ?? { kind: 'off' }),
    troublesOf: createTroubles(snapshot, settings),
    configProblem: config.kind === 'broken' ? config.problem : null,
    configFrom: snapshot.configFrom,
  };
  const gateReasons = (landing: NodeId | null) => createGateReasons({ ...gates, landing });
  return {
    snapshot,
    now,
    digest,
    config,
    baseBranch,
    book,
    said: createSaidBook(snapshot.said),
    refs,
    heard,
    places,
    tracker,
    judged,
    members,
    graph,
    askers,
    gateReasons,
    freeze,
    pause: brake('pause'),
    ...judgeRefusals(refusals, { snapshot, whole: isWhole(snapshot), settings, baseBranch, members }),
  };
}

/** The graph's node of a member. */
export function nodeOfMember(member: Pick<Member, 'number'>): NodeId {
  return `#${member.number}`;
}

/** True if every part of the snapshot could be read, down to each issue and each pull request. */
export function isWhole(snapshot: Snapshot): boolean {
  const { config, base, issues, pulls, branches, trackers, comments } = snapshot;
  const parts = [config, base, issues, pulls, branches, trackers, comments];
  if (parts.some((part) => part.kind === 'unreadable')) return false;
  const whole = (issue: Issue) =>
    issue.labels.kind === 'read' && issue.blockedBy.kind === 'read' && issue.history.kind === 'read';
  // Of one that is over, the app's checks say only how it landed, and its outcome is uncertain without them.
  const isRead = (pull: Pull) =>
    pull.detail.kind === 'read' && (pull.state !== 'open' || pull.ownChecks.kind === 'read');
  return valueOr(issues, []).every(whole) && valueOr(pulls, []).every(isRead);
}

/** Where it cannot be read which is the tracking issue, nobody knows that it is neither frozen nor paused. */
function brakeOf(
  kind: Brake,
  { trackers }: Snapshot,
  tracker: Tracker | null,
  label: string,
  book: RoleBook,
): Standing {
  if (trackers.kind === 'unreadable') {
    return { kind: 'unread', effective: true, why: `cannot read the tracking issue: ${trackers.why}` };
  }
  if (tracker === null) return { kind: 'off' };
  return brakeStanding(kind, tracker, label, book);
}

function hostOf(url: string): string {
  return url.replace(/^https?:\/\//, '').split('/')[0] ?? '';
}
