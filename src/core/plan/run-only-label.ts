import type { Action } from '../actions/action.js';
import { labelEvents } from '../membership/control.js';
import type { Member } from '../membership/member.js';
import type { LabelEvent } from '../model/index.js';
import { type LabelDefinition, type OnlyLabel, isLabelOf, isSameLabel } from '../names/labels.js';
import { isAbout } from '../view/heard.js';
import { LATER, type Ran, type Run } from './run.js';
import { isLater, isOvertaken } from './run-overtaken.js';
import { newestCarriedOut } from './run-unanswered.js';
import { eachMember } from './run-targets.js';

/**
 * Makes a label the only one of its kind on each issue meant: two of a kind state nothing that can be read. It is put
 * before the others are taken off, so that whatever is cut off leaves an issue with too many rather than with none.
 */
export function setOnly(run: Run, kind: OnlyLabel, label: LabelDefinition): Ran {
  return eachMember(run, (member) => setOn(member, run, kind, label));
}

/** What is on the issue cannot be told while its labels or what happened to them are unread: it waits until they are. */
function setOn(member: Member, run: Run, kind: OnlyLabel, label: LabelDefinition): readonly Action[] | Ran {
  const { number, issue } = member;
  const events = labelEvents(issue);
  if (issue.labels.kind === 'unreadable' || events.kind === 'unreadable') return LATER;
  // Who only takes another label off has not said what is to be there instead.
  const isAnswer = ({ label: name, added }: LabelEvent) =>
    isLabelOf(kind, name) && (added || isSameLabel(name, label.name));
  const last = events.value.findLast((event) => isAnswer(event) && event.actor?.kind !== 'me');
  if (last !== undefined && isOvertaken(last, run.comment, null)) return [];
  const own = events.value.findLast(
    ({ label: name, actor }) => isLabelOf(kind, name) && actor?.kind === 'me',
  );
  const later = newestCarriedOut(run.view, own?.at ?? -Infinity, (each) => isAbout(each, kind, number));
  if (later !== null && isLater(later, run.comment)) return [];

  const cause = `comment-${run.comment.id}`;
  const present = labelsAfter(issue.labels.value, number, run.earlier).filter((name) =>
    isLabelOf(kind, name),
  );
  const isPresent = present.some((name) => isSameLabel(name, label.name));
  const others = present.filter((name) => !isSameLabel(name, label.name));
  return [
    ...(isPresent ? [] : [{ kind: 'add label', number, label, cause } as const]),
    ...others.map((name) => ({ kind: 'remove label', number, label: name, cause }) as const),
  ];
}

/** The labels of an issue once the commands before this one are carried out. */
function labelsAfter(
  labels: readonly string[],
  number: number,
  earlier: readonly Action[],
): readonly string[] {
  let names = labels;
  for (const action of earlier) {
    if (action.kind !== 'add label' && action.kind !== 'remove label') continue;
    if (action.number !== number) continue;
    const name = action.kind === 'add label' ? action.label.name : action.label;
    const others = names.filter((each) => !isSameLabel(each, name));
    names = action.kind === 'add label' ? [...others, name] : others;
  }
  return names;
}
