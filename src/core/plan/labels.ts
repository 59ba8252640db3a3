import type { Action } from '../actions/action.js';
import type { Standing } from '../authority/standing.js';
import { BRAKES } from '../membership/brakes.js';
import { type Member, isOver } from '../membership/member.js';
import { isSpent } from '../membership/members.js';
import type { LabelEvent } from '../model/index.js';
import { type LabelDefinition, controlLabels, isSameLabel, sharesLabelNamed } from '../names/labels.js';
import type { View } from '../view/view.js';
import { type Group, group } from './group.js';
import { writesLabel } from './run-label.js';
import { sayNotDeployed, sayPutBack, saySpent } from './notes.js';

/**
 * Control labels that somebody set or removed who may not are put back with one comment, and deploy labels that are
 * refused, withdrawn or spent are taken off. The comment goes first: once the label is gone its cause is no longer seen.
 * A label that a command writes in the same plan is settled by the command.
 */
export function planLabels(view: View, commanded: readonly Action[]): readonly Group[] {
  return [
    ...view.judged.flatMap((member) => issueLabels(member, view, commanded)),
    ...trackerLabels(view, commanded),
  ];
}

function issueLabels(member: Member, view: View, commanded: readonly Action[]): readonly Group[] {
  const labels = controlLabels(view.config.settings);
  const { number } = member;
  const about = `labels of #${number}`;
  const isLeft = (label: LabelDefinition) => !isCommanded(commanded, number, label);
  const deploy = isLeft(labels.deploy) ? deployLabel(member, view, labels.deploy) : [];
  if (deploy.length > 0) return group(about, deploy);
  if (isOver(member)) return [];
  return group(about, [
    ...(isLeft(labels.deploy) ? putBack(number, labels.deploy, member.deploy, view) : []),
    ...(isLeft(labels.hold) ? putBack(number, labels.hold, member.hold, view) : []),
    ...(isLeft(labels.merge) ? putBack(number, labels.merge, member.merge, view) : []),
    ...member.shared.flatMap(({ name, standing }) => {
      const label = sharesLabelNamed(name, view.digest);
      return isLeft(label) ? putBack(number, label, standing, view) : [];
    }),
  ]);
}

function deployLabel(member: Member, view: View, label: LabelDefinition): readonly Action[] {
  const { approval, number, issue } = member;
  const remove = (cause: string): Action => ({ kind: 'remove label', number, label: label.name, cause });
  if (issue.state === 'open' && isSpent(member, view.config.settings)) {
    const cause = `spent-${approval.kind === 'given' ? approval.cause : 'approval'}`;
    return [{ kind: 'comment', number, body: saySpent(member), cause }, remove(cause)];
  }
  if (approval.kind === 'refused' || approval.kind === 'withdrawn') {
    const cause = `${approval.kind}-${approval.cause}`;
    return [{ kind: 'comment', number, body: sayNotDeployed(approval, label.name), cause }, remove(cause)];
  }
  return [];
}

function trackerLabels(view: View, commanded: readonly Action[]): readonly Group[] {
  if (view.tracker === null) return [];
  const { number, labels } = view.tracker;
  const control = controlLabels(view.config.settings);
  const index: readonly Action[] =
    labels.kind === 'read' && !labels.value.some((name) => isSameLabel(name, control.tracking.name))
      ? [{ kind: 'add label', number, label: control.tracking, cause: 'tracking' }]
      : [];
  return group('labels of the tracking issue', [
    ...BRAKES.flatMap((kind) =>
      isCommanded(commanded, number, control[kind]) ? [] : putBack(number, control[kind], view[kind], view),
    ),
    ...index,
  ]);
}

function isCommanded(actions: readonly Action[], number: number, { name }: LabelDefinition): boolean {
  return actions.some((action) => writesLabel(action, number, name));
}

function putBack(
  number: number,
  label: LabelDefinition,
  standing: Standing,
  { config }: View,
): readonly Action[] {
  if (standing.kind !== 'overruled') return [];
  const { event, role } = standing;
  const cause = `put-back-${event.id}`;
  return [
    { kind: 'comment', number, body: sayPutBack(event, role, config.settings.commands.prefix), cause },
    restore(number, label, event, cause),
  ];
}

function restore(number: number, label: LabelDefinition, event: LabelEvent, cause: string): Action {
  return event.added
    ? { kind: 'remove label', number, label: label.name, cause }
    : { kind: 'add label', number, label, cause };
}
