import type { Action } from '../actions/action.js';
import type { Standing } from '../authority/standing.js';
import type { Command } from '../commands/command.js';
import type { Verb } from '../commands/registry.js';
import type { Member } from '../membership/member.js';
import { labelEvents, shows } from '../membership/control.js';
import { isSpent } from '../membership/members.js';
import { type LabelEvent, valueOr } from '../model/index.js';
import { type LabelDefinition, controlLabels, isSameLabel } from '../names/labels.js';
import { type Heeded, isAbout } from '../view/heard.js';
import type { View } from '../view/view.js';
import { LATER, type Ran, type Run } from './run.js';
import { isOvertaken } from './run-overtaken.js';
import { newestCarriedOut } from './run-unanswered.js';

/**
 * A label command older than the newest event on that label is done already. Where the label stands as it is wanted by
 * an event that does not count, or of which that is not known, it is set the other way first, so that its last event is
 * the app's own.
 *
 * @param isSameName whether an earlier command, where it names what it sets, names the same
 */
export function setLabel(
  run: Run,
  number: number,
  label: LabelDefinition,
  on: boolean,
  opposite: Verb,
  isSameName: (command: Command) => boolean = () => true,
): readonly Action[] {
  const { comment, view } = run;
  const cause = `comment-${comment.id}`;
  const set = (wanted: boolean): Action =>
    wanted
      ? { kind: 'add label', number, label, cause }
      : { kind: 'remove label', number, label: label.name, cause };
  const earlier = run.earlier.findLast((action) => writesLabel(action, number, label.name));
  if (earlier !== undefined) return (earlier.kind === 'add label') === on ? [] : [set(on)];
  const found = find(number, label, view);
  if (found === null) return [set(on)];
  const isThere = found.isOn === on;
  if (!found.counts) return isThere ? [set(!on), set(on)] : [set(on)];
  const events = found.events.filter((event) => isSameLabel(event.label, label.name));
  const isOpposite = (each: Heeded) => isAbout(each, opposite, number) && isSameName(each.command);
  const isUndone = (event: LabelEvent | undefined) =>
    event !== undefined && isOvertaken(event, comment, newestCarriedOut(view, event.at, isOpposite));
  if (isThere && found.isUncertain) {
    return isUndone(events.findLast((event) => event.added !== on)) ? [] : [set(!on), set(on)];
  }
  return isThere || isUndone(events.at(-1)) ? [] : [set(on)];
}

/**
 * For commands that free or land work: like {@link setLabel}, but while the labels or what happened to them are unread the
 * comment is left for later. Somebody may have done the opposite since.
 */
export function setLabelOnceRead(...args: Parameters<typeof setLabel>): readonly Action[] | Ran {
  const [run, number] = args;
  return isUnread(number, run.view) ? LATER : setLabel(...args);
}

function isUnread(number: number, { judged, tracker }: View): boolean {
  const member = judged.find((each) => each.number === number);
  if (member !== undefined) {
    return member.issue.labels.kind === 'unreadable' || labelEvents(member.issue).kind === 'unreadable';
  }
  if (tracker?.number !== number) return false;
  return tracker.labels.kind === 'unreadable' || tracker.labelEvents.kind === 'unreadable';
}

/** A label where a command sets it. */
interface Found {
  readonly isOn: boolean;
  readonly events: readonly LabelEvent[];
  readonly counts: boolean;
  readonly isUncertain: boolean;
}

/** On an issue, or on the tracking issue, where commands set the freeze alone; null on one that nobody has judged. */
function find(number: number, label: LabelDefinition, view: View): Found | null {
  const member = view.judged.find((each) => each.number === number);
  if (member !== undefined) {
    return {
      isOn: shows(member.issue, label.name),
      events: valueOr(labelEvents(member.issue), []),
      counts: countsAsItIs(member, label, view),
      isUncertain: isUncertain(member, label, view),
    };
  }
  const { tracker, freeze } = view;
  if (tracker?.number !== number) return null;
  return {
    isOn: shows(tracker, label.name),
    events: valueOr(tracker.labelEvents, []),
    counts: freeze.kind !== 'overruled',
    isUncertain: freeze.kind === 'unread',
  };
}

/** What the label is worth on the issue; undefined for one that nobody has judged there. */
function standingOf(member: Member, { name }: LabelDefinition, { config }: View): Standing | undefined {
  const { deploy, hold, merge } = controlLabels(config.settings);
  switch (name) {
    case hold.name:
      return member.hold;
    case merge.name:
      return member.merge;
    case deploy.name:
      return member.deploy;
    default:
      return member.shared.find((each) => isSameLabel(each.name, name))?.standing;
  }
}

/**
 * True while nobody can tell whether the label's last event counts: should it not, what the app does then would take
 * back what the command has asked for. A deploy label that is on holds, whoever put it, and so does one that is shared.
 */
function isUncertain(member: Member, label: LabelDefinition, view: View): boolean {
  if (standingOf(member, label, view)?.kind !== 'unread') return false;
  const { hold, merge, deploy } = controlLabels(view.config.settings);
  if (label.name === deploy.name) return !shows(member.issue, label.name);
  return label.name === hold.name || label.name === merge.name;
}

/**
 * False for a label whose last event does not count: the app is about to put it back, or to take it off. Of a shared one
 * that was taken off nobody can tell whether it is gone while it is not known who did.
 */
function countsAsItIs(member: Member, label: LabelDefinition, view: View): boolean {
  const standing = standingOf(member, label, view);
  const { settings } = view.config;
  const { deploy, hold, merge } = controlLabels(settings);
  if (standing?.kind === 'overruled') return false;
  if (label.name === deploy.name) {
    const { kind } = member.approval;
    return kind !== 'refused' && kind !== 'withdrawn' && !isSpent(member, settings);
  }
  const isShared = label.name !== hold.name && label.name !== merge.name;
  return !isShared || standing?.kind !== 'unread' || shows(member.issue, label.name);
}

/** Whether an action puts a label on an issue or takes it off. */
export function writesLabel(action: Action, number: number, name: string): boolean {
  if (action.kind === 'add label') return action.number === number && isSameLabel(action.label.name, name);
  return action.kind === 'remove label' && action.number === number && isSameLabel(action.label, name);
}
