import type { Action, GateWrite } from '../actions/action.js';
import { newestCheck } from '../gate/newest.js';
import { type Judgement, inWords } from '../gate/verdict.js';
import { sharersOf } from '../graph/sharers.js';
import type { OwnCheck, Readable } from '../model/index.js';
import { landingOf, parseGateId } from '../names/gate-id.js';
import type { Progress } from '../view/progress.js';
import { type View, nodeOfMember } from '../view/view.js';
import { openHeads, overrideOn, verdictOn } from './head-verdict.js';

/** An unfinished check run dies after 14 days (GitHub's documentation of checks): it is made anew a day before. */
const RENEW_AFTER = 13 * 24 * 3_600_000;

/** The gates whose verdict is not the published one. */
export interface PlannedGates {
  /** Of the head that lands in this step, and of its sharers: they have to say so before the base moves. */
  readonly ofLanding: readonly Action[];
  readonly others: readonly Action[];
}

/** Judges the gates of all open pull requests, of every base. */
export function planGates(view: View, progress: Progress): PlannedGates {
  const landing = landingHeads(view, progress);
  const writes = gateWrites(view, progress);
  return {
    ofLanding: publish(
      view,
      writes.filter((write) => landing.has(write.sha)),
    ),
    others: publish(
      view,
      writes.filter((write) => !landing.has(write.sha)),
    ),
  };
}

function publish(view: View, gates: readonly GateWrite[]): readonly Action[] {
  return gates.length === 0 ? [] : [{ kind: 'publish gates', name: view.config.settings.gate.name, gates }];
}

/** Heads of the one that lands in this step and of those that share code with it. */
function landingHeads(view: View, { step }: Progress): ReadonlySet<string> {
  if (step.kind === 'none') return new Set();
  const node = nodeOfMember(step.member);
  const nodes = new Set([node, ...sharersOf(view.graph, node)]);
  return new Set(
    view.members.flatMap((member) =>
      nodes.has(nodeOfMember(member)) && member.pull?.state === 'open' ? [member.pull.head.sha] : [],
    ),
  );
}

/** Every head whose gate does not say what it should. */
function gateWrites(view: View, progress: Progress): readonly GateWrite[] {
  return openHeads(view).flatMap((head) => {
    const verdict = verdictOn(head, overrideOn(head, view), view, progress);
    return verdict === null ? [] : (gateWrite(head.sha, head.checks, verdict, view) ?? []);
  });
}

/** What publishes a verdict on a commit with these runs of the app; null if it says so, or if they cannot be read. */
export function gateWrite(
  sha: string,
  checks: Readable<readonly OwnCheck[]>,
  judgement: Judgement,
  view: View,
  name = view.config.settings.gate.name,
): GateWrite | null {
  if (checks.kind === 'unreadable') return null;
  const newest = newestCheck(checks, name);
  if (newest !== null && isDying(newest, view)) {
    return { sha, verdict: inWords(judgement), run: null, replaces: newest.nodeId };
  }
  if (newest !== null && says(newest, judgement)) return null;
  const verdict = inWords(judgement);
  if (newest === null || newest.status === 'completed') return { sha, verdict, run: null };
  // It waited before: counted from then, a landing that begins now could be over already.
  const start = beginsLanding(newest, judgement) ? { startedAt: view.now } : {};
  return { sha, verdict, run: newest.nodeId, ...start };
}

function says(check: OwnCheck, { externalId, status, conclusion }: Judgement): boolean {
  return (
    check.externalId === externalId &&
    check.status === status &&
    (check.conclusion?.toLowerCase() ?? null) === conclusion
  );
}

/** Whether a gate comes to record a landing that it does not record yet. */
function beginsLanding(check: OwnCheck, { externalId }: Judgement): boolean {
  const landing = parseGateId(externalId)?.landing ?? null;
  return landing !== null && landingOf(check.externalId, landing.pull) !== landing.base;
}

function isDying(check: OwnCheck, view: View): boolean {
  return check.status !== 'completed' && view.now - check.startedAt >= RENEW_AFTER;
}
