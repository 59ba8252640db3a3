import type { Action, NewPull, Task } from '../actions/action.js';
import type { Given } from '../authority/approval.js';
import { formatReference } from '../facts/references.js';
import { type Share, dependenciesByNode } from '../graph/edges.js';
import { sharesOf } from '../graph/shares.js';
import type { Member } from '../membership/member.js';
import { type Base, type Readable, valueOr } from '../model/index.js';
import { type LabelDefinition, sharesLabel } from '../names/labels.js';
import { marker } from '../names/markers.js';
import { titleOf, worktreeOf } from '../names/members.js';
import { renderTaskCommit } from '../task/trailers.js';
import { renderTaskFile } from '../task/task-file.js';
import { commandSpan } from '../text/command.js';
import { formatTime } from '../text/time.js';
import { fileLink } from '../tracking/links.js';
import { type View, nodeOfMember } from '../view/view.js';
import { type Group, group, together } from './group.js';

/**
 * Brings every approved issue to its branch, task commit and draft pull request, from wherever an earlier attempt left
 * off, and writes what its recorded text states once: native dependencies and `shares:` labels. Nothing new is deployed
 * on a config that is not valid.
 */
export function planProvisioning(view: View): readonly Group[] {
  const { base, branches, pulls } = view.snapshot;
  if (view.config.kind !== 'valid' || base.kind === 'unreadable') return [];
  if (branches.kind === 'unreadable' || pulls.kind === 'unreadable') return [];
  const shares = sharesToBe(view);
  const planned = view.members.map((member) => ({
    member,
    actions: provision(member, { view, base: base.value, shares }),
  }));
  const isNew = (action: Action) => action.kind === 'provision';
  return [
    ...together(
      'new subagents',
      planned.flatMap(({ actions }) => actions.filter(isNew)),
    ),
    ...planned.flatMap(({ member, actions }) =>
      group(`deployment of #${member.number}`, [
        ...actions.filter((action) => !isNew(action)),
        ...writeLines(member, view),
        ...writeShares(member, view),
      ]),
    ),
  ];
}

interface Provisioning {
  readonly view: View;
  readonly base: Base;
  /** *Shares* edges, those included whose labels are still to be put. */
  readonly shares: readonly Share[];
}

function provision(member: Member, parts: Provisioning): readonly Action[] {
  const { view, base } = parts;
  const { approval, pull, branch, recorded } = member;
  if (member.outcome.kind !== 'open' || approval.kind !== 'given') return [];
  if (recorded.kind === 'unreadable') return [];
  const isRecorded = recorded.value?.cause === approval.cause;
  if (pull !== null) return isRecorded ? [] : [writeTask(member, approval, parts, pull.head.sha)];
  if (branch === null) return [startAt(member, approval, parts)];
  if (isRecorded) return [{ kind: 'open pull', pull: pullOf(member, view) }];
  const isEmpty = branch.beyondBase?.kind === 'read' && branch.beyondBase.value.length === 0;
  if (isEmpty && branch.sha !== base.sha) {
    return [{ kind: 'move branch', branch: member.branchName, from: branch.sha, to: base.sha }];
  }
  return [writeTask(member, approval, parts, branch.sha), { kind: 'open pull', pull: pullOf(member, view) }];
}

function startAt(member: Member, approval: Given, parts: Provisioning): Action {
  const { view, base } = parts;
  return {
    kind: 'provision',
    number: member.number,
    from: base.sha,
    task: taskOf(member, approval, parts),
    pull: pullOf(member, view),
    approved: { title: member.issue.title, bodySha256: view.digest(member.issue.body) },
  };
}

function writeTask(member: Member, approval: Given, parts: Provisioning, expectedHead: string): Action {
  return { kind: 'write task', task: taskOf(member, approval, parts), expectedHead };
}

function taskOf(member: Member, approval: Given, { view, shares }: Provisioning): Task {
  const { settings } = view.config;
  const { number, issue } = member;
  const approvedAt = formatTime(approval.at);
  const edges = dependenciesByNode(view.graph.edges).get(nodeOfMember(member)) ?? [];
  const lines = member.facts.dependencies.lines.map((line) => formatReference(line.ref));
  const content = renderTaskFile({
    issue: { number, title: issue.title, body: issue.body, author: issue.author?.login ?? null },
    branch: member.branchName,
    worktree: worktreeOf(settings, number, view.baseBranch),
    base: view.baseBranch,
    path: member.taskPath,
    keep: settings['task-file'].keep,
    approval: { by: approval.by, at: approvedAt },
    references: settings.references.filter((path) => view.snapshot.references.includes(path)),
    dependsOn: [...new Set([...edges.map((edge) => edge.to), ...lines])].map((reference) => ({ reference })),
    shares: shares
      .filter((share) => share.members.includes(nodeOfMember(member)))
      .map((share) => ({
        what: share.what,
        with: share.members.filter((node) => node !== nodeOfMember(member)),
        note: share.note ?? undefined,
      })),
  });
  const commit = renderTaskCommit({
    issue: number,
    bodySha256: view.digest(issue.body),
    approvedBy: approval.by,
    approvedAt,
    approvalEvent: approval.cause,
  });
  return { branch: member.branchName, path: member.taskPath, content, ...commit };
}

function pullOf(member: Member, view: View): NewPull {
  const { settings } = view.config;
  const body = [
    `Closes #${member.number}`,
    '',
    `The task is in ${fileLink(member.taskPath, member.branchName)}.`,
    `Push the work to this branch; when it is done, comment ${commandSpan(settings.commands.prefix, 'ready')}.`,
    '',
    marker('pull', { issue: String(member.number) }),
  ].join('\n');
  return {
    head: member.branchName,
    base: view.baseBranch,
    title: titleOf(settings, member.issue, view.baseBranch),
    body,
    draft: true,
  };
}

/** Recorded lines become native dependencies once, as soon as GitHub has told the ids of what they name. */
function writeLines(member: Member, view: View): readonly Action[] {
  return view.graph.toWrite
    .filter((line) => line.member === member.number)
    .flatMap(({ ref }): readonly Action[] => {
      const databaseId = databaseIdOf(ref.number, view);
      if (databaseId === null) return [];
      return [
        {
          kind: 'add dependency',
          number: member.number,
          blocking: { databaseId, number: ref.number },
          cause: 'recorded',
        },
      ];
    });
}

function databaseIdOf(number: number, view: View): number | null {
  const known = view.judged.find((member) => member.number === number);
  if (known !== undefined) return known.issue.databaseId;
  const named = view.snapshot.named[number];
  return named?.kind === 'read' && !named.value.isPull ? named.value.databaseId : null;
}

/** Recorded *shares* lines become labels once. */
function writeShares(member: Member, view: View): readonly Action[] {
  if (!isFileRead(member.recorded)) return [];
  return sharesToLabel(member, view).map(
    (label) => ({ kind: 'add label', number: member.number, label, cause: 'recorded' }) as const,
  );
}

/** What the lines say and no label did yet: a label that was ever on the issue is left to people. */
function sharesToLabel({ issue, facts }: Member, view: View): readonly LabelDefinition[] {
  if (issue.history.kind === 'unreadable') return [];
  const ever = new Set(issue.history.value.labels.map((event) => event.label.toLowerCase()));
  for (const name of valueOr(issue.labels, [])) ever.add(name.toLowerCase());
  return facts.shares.lines
    .map((line) => sharesLabel(line.name, view.digest))
    .filter((label) => !ever.has(label.name.toLowerCase()));
}

/** A task is written before its own labels are: it speaks of shared code as if they were there. */
function sharesToBe(view: View): readonly Share[] {
  const members = view.members.map((member): Member => {
    const { labels } = member.issue;
    if (labels.kind === 'unreadable') return member;
    const value = [...labels.value, ...sharesToLabel(member, view).map(({ name }) => name)];
    return { ...member, issue: { ...member.issue, labels: { kind: 'read', value } } };
  });
  return sharesOf(members, view.digest, view.askers);
}

function isFileRead(recorded: Member['recorded']): boolean {
  const file: Readable<string> | undefined = valueOr(recorded, null)?.file;
  return file?.kind === 'read';
}
