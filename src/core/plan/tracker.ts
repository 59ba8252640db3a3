import type { Action } from '../actions/action.js';
import { describe } from '../actions/describe.js';
import { type Member, isOver } from '../membership/member.js';
import { controlLabels } from '../names/labels.js';
import { isSameBody } from '../text/body.js';
import { renderSummary } from '../tracking/summary.js';
import { renderTracker } from '../tracking/tracker.js';
import type { Progress } from '../view/progress.js';
import { liveTrackers, trackerMarker } from '../view/trackers.js';
import { waitsToTell } from '../view/untold.js';
import { type View, isWhole } from '../view/view.js';
import { type Tracker, valueOr } from '../model/index.js';
import { closesAt } from './closing.js';
import { planEnds } from './ends.js';
import { type Group, group } from './group.js';
import { sayDuplicate, sayReopened } from './notes.js';
import { planTold, planToldEnd } from './told.js';

/**
 * The tracking issue: made before the work that it will show, written after it, and closed last. Of two the oldest stays,
 * and nothing is written to either before the other is closed.
 */
export function planTracker(
  view: View,
  progress: Progress,
  appVersion: string,
): { readonly before: readonly Group[]; readonly after: readonly Group[] } {
  const left = view.members.filter((member) => !isOver(member));
  const duplicates = liveTrackers(valueOr(view.snapshot.trackers, []), view.baseBranch).slice(1);
  if (duplicates.length > 0) {
    const actions = duplicates.flatMap((each) => closeDuplicate(each, view));
    return { before: group('second tracking issue', actions), after: [] };
  }
  if (view.tracker === null) {
    return left.length === 0
      ? { before: [], after: [] }
      : { before: create(view, progress, appVersion), after: [] };
  }
  if (left.length === 0 && isCertain(view) && isCleanedUp(view, progress)) {
    return { before: [], after: close(view, progress, appVersion) };
  }
  return { before: [], after: update(view, progress, appVersion, left) };
}

/** It is marked as over, or it would be found again and again. */
function closeDuplicate(
  { number, title }: Tracker,
  { tracker, baseBranch, digest }: View,
): readonly Action[] {
  const says = sayDuplicate(tracker?.number ?? 0);
  const body = `${says}\n\n${trackerMarker(baseBranch, digest(says).slice(0, 16), true)}\n`;
  return [
    { kind: 'comment', number, body: says, cause: 'duplicate' },
    { kind: 'update tracker', number, title, body, state: 'closed' },
  ];
}

function create(view: View, progress: Progress, appVersion: string): readonly Group[] {
  const { title, body } = renderTracker(view, progress, appVersion);
  const label = controlLabels(view.config.settings).tracking;
  return group('tracking issue', [{ kind: 'create tracker', title, body, label, key: view.baseBranch }]);
}

function update(
  view: View,
  progress: Progress,
  appVersion: string,
  left: readonly Member[],
): readonly Group[] {
  const { tracker } = view;
  if (tracker === null) return [];
  const { number } = tracker;
  const { title, body } = renderTracker(view, progress, appVersion);
  const actions: Action[] = [];
  if (tracker.state === 'closed' && left.length === 0) return [];
  if (tracker.state === 'closed') {
    actions.push({
      kind: 'comment',
      number,
      body: sayReopened(left.length),
      cause: `reopened-${left.length}`,
    });
  }
  if (tracker.title !== title || !isSameBody(tracker.body, body) || tracker.state !== 'open') {
    actions.push({ kind: 'update tracker', number, title, body, state: 'open' });
  }
  return group('tracking issue', actions);
}

/** The end, in this order: the summary, unpinned, the last words. */
function close(view: View, progress: Progress, appVersion: string): readonly Group[] {
  const { tracker } = view;
  if (tracker === null) return [];
  const { id, number } = tracker;
  const { title, body } = renderTracker(view, progress, appVersion, true);
  const actions: Action[] = [
    { kind: 'comment', number, body: renderSummary(view, progress), cause: 'summary' },
    ...planToldEnd(view, progress),
  ];
  if (tracker.pinned) actions.push({ kind: 'unpin', issue: id, number });
  actions.push({ kind: 'update tracker', number, title, body, state: 'closed' });
  return group('end of the deployment', actions);
}

/** Nothing is over while a part of the snapshot is missing, or it is not known whether an issue belongs to it. */
function isCertain(view: View): boolean {
  return (
    isWhole(view.snapshot) &&
    view.judged.every((member) => isOver(member) || member.approval.kind !== 'unread')
  );
}

/** Everything that follows the work is done and told, but for what GitHub does not let the app do, and nothing is waited for. */
function isCleanedUp(view: View, progress: Progress): boolean {
  if (view.members.some(({ outcome, pull }) => outcome.kind === 'merged' && pull?.state === 'open'))
    return false;
  if (view.members.some((member) => (closesAt(member, view.config.settings) ?? view.now) > view.now))
    return false;
  const ends = planEnds(view).flatMap(({ actions }) => actions);
  const left = [...ends, ...planTold(view, progress)].map(describe);
  if (view.said.missing().length > 0) return false;
  if ((waitsToTell(view) ?? view.now) > view.now) return false;
  return left.every((deed) => view.refusals.some((refusal) => refusal.deed === deed));
}
