import type { Action } from '../actions/action.js';
import { answerNotNow } from '../commands/answers.js';
import type { Verb } from '../commands/registry.js';
import { answerHelp, answerHelpAbout } from '../commands/help.js';
import { type Member, isOver } from '../membership/member.js';
import { labelEvents, shows } from '../membership/control.js';
import { isSpent } from '../membership/members.js';
import { type Comment, type LabelEvent, valueOr } from '../model/index.js';
import { type LabelDefinition, controlLabels } from '../names/labels.js';
import { answerStatus } from '../view/status.js';
import type { View } from '../view/view.js';
import { type Ran, type Run, done } from './run.js';
import { dependOn } from './run-depends-on.js';

/** Runs one command whose author may run it. Commands only change labels, dependencies and drafts, or answer. */
export function runCommand(run: Run): Ran {
  const { command, login, view } = run;
  const { prefix } = view.config.settings.commands;
  const labels = controlLabels(view.config.settings);
  switch (command.verb) {
    case 'help':
      return done(
        [],
        command.about === null ? answerHelp(login, prefix) : answerHelpAbout(login, command.about, prefix),
      );
    case 'refresh':
      return done([]);
    case 'status':
      return done([], answerStatus(login, targetNumbers(run), view, run.progress));
    case 'deploy':
      return eachTarget(run, (number) => setLabel(run, number, labels.deploy, true, 'cancel'));
    case 'cancel':
      return eachMember(run, (member) => setLabel(run, member.number, labels.deploy, false, 'deploy'));
    case 'hold':
      return eachMember(run, (member) => setLabel(run, member.number, labels.hold, true, 'unhold'));
    case 'unhold':
      return eachMember(run, (member) => setLabel(run, member.number, labels.hold, false, 'hold'));
    case 'merge':
      return eachMember(run, (member) => setLabel(run, member.number, labels.merge, true, 'not-merge'));
    case 'not-merge':
      return eachMember(run, (member) => setLabel(run, member.number, labels.merge, false, 'merge'));
    case 'ready':
      return eachMember(run, (member) => markReady(run, member));
    case 'depends-on':
      return dependOn(run, command.refs);
    default:
      throw new Error(`the parser let ${command.verb} through, which this version does not serve`);
  }
}

/** The issues that a command means, by number. `all` means every member whose work is not over. */
export function targetNumbers({ command, here, view }: Run): readonly number[] {
  if (!('targets' in command) || command.targets === 'here') return [here];
  if (command.targets !== 'all') return command.targets.map((ref) => ref.number);
  return view.members.filter((member) => !isOver(member)).map((member) => member.number);
}

function eachTarget(run: Run, act: (number: number) => readonly Action[]): Ran {
  return done(targetNumbers(run).flatMap(act));
}

/** Only what belongs to the deployment and is not over can be held, landed, made ready or cancelled. */
function eachMember(run: Run, act: (member: Member) => readonly Action[] | Ran): Ran {
  const { command, login, view } = run;
  const actions: Action[] = [];
  for (const number of targetNumbers(run)) {
    const member = view.members.find((each) => each.number === number);
    const problem =
      member === undefined ? 'it is not part of the deployment' : isOver(member) ? 'its work is over' : null;
    if (member === undefined || problem !== null) {
      return { kind: 'refused', answer: answerNotNow(login, command.verb, { number }, problem ?? '') };
    }
    const acted = act(member);
    if ('kind' in acted) return acted;
    actions.push(...acted);
  }
  return done(actions);
}

/**
 * A label command older than the newest event on that label is done already. Where the label stands as it is wanted by
 * an event that does not count, it is set the other way first, so that its last event is the app's own.
 */
function setLabel(
  run: Run,
  number: number,
  label: LabelDefinition,
  on: boolean,
  opposite: Verb,
): readonly Action[] {
  const { comment, view } = run;
  const cause = `comment-${comment.id}`;
  const set = (wanted: boolean): Action =>
    wanted
      ? { kind: 'add label', number, label, cause }
      : { kind: 'remove label', number, label: label.name, cause };
  const earlier = run.earlier.findLast((action) => writesLabel(action, number, label.name));
  if (earlier !== undefined) return (earlier.kind === 'add label') === on ? [] : [set(on)];
  const member = view.judged.find((each) => each.number === number);
  if (member === undefined) return [set(on)];
  const { issue } = member;
  const isThere = shows(issue, label.name) === on;
  if (!countsAsItIs(member, label, view)) return isThere ? [set(!on), set(on)] : [set(on)];
  const last = valueOr(labelEvents(issue), []).findLast((event) => isSame(event.label, label.name));
  const undone = view.heard.last(opposite, number);
  return isThere || (last !== undefined && isNewer(last, comment, undone)) ? [] : [set(on)];
}

/** False for a label whose last event does not count: the app is about to put it back, or to take it off. */
function countsAsItIs(member: Member, { name }: LabelDefinition, { config }: View): boolean {
  const { deploy, hold, merge } = controlLabels(config.settings);
  switch (name) {
    case hold.name:
      return member.hold.kind !== 'overruled';
    case merge.name:
      return member.merge.kind !== 'overruled';
    case deploy.name:
      return (
        member.deploy.kind !== 'overruled' &&
        member.approval.kind !== 'refused' &&
        member.approval.kind !== 'withdrawn' &&
        !isSpent(member, config.settings)
      );
    default:
      return true;
  }
}

/** Whether an action puts a label on an issue or takes it off. */
export function writesLabel(action: Action, number: number, name: string): boolean {
  if (action.kind === 'add label') return action.number === number && isSame(action.label.name, name);
  return action.kind === 'remove label' && action.number === number && isSame(action.label, name);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/**
 * GitHub counts whole seconds. Of two in the same one, only the app's own event can have come after the comment, and it
 * did not if it came of an opposite command before this one.
 */
function isNewer(event: LabelEvent, comment: Comment, undone: Comment | null): boolean {
  if (event.at !== comment.createdAt) return event.at > comment.createdAt;
  if (event.actor?.kind !== 'me') return false;
  return undone === null || undone.createdAt > comment.createdAt || undone.id > comment.id;
}

function markReady(run: Run, { number, pull }: Member): readonly Action[] | Ran {
  if (pull === null || pull.state !== 'open') {
    const answer = answerNotNow(run.login, run.command.verb, { number }, 'it has no open pull request yet');
    return { kind: 'refused', answer };
  }
  return pull.draft ? [{ kind: 'mark ready', pull: { id: pull.id, number: pull.number } }] : [];
}
