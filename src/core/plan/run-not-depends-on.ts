import type { Action, Blocking } from '../actions/action.js';
import { answerLineHolds, answerNotMember, answerNotWaiting, answerUnread } from '../commands/answers.js';
import type { IssueRef } from '../facts/references.js';
import type { Edge } from '../graph/edges.js';
import { type NodeId, nodeOf, nodeOfRef } from '../graph/node.js';
import type { Member } from '../membership/member.js';
import { type BlockedBy, type DependencyEvent, valueOr } from '../model/index.js';
import { nodeOfMember } from '../view/view.js';
import { type Ran, type Run, done } from './run.js';
import { earlierOn, isUndone, lastEvent } from './run-edges.js';
import { lookUp } from './run-look-up.js';
import { isDoneSince } from './run-overtaken.js';
import { memberOf } from './run-targets.js';

/**
 * Takes dependencies away. What frees is the app's own removal, which everybody can see in the issue's history. So what
 * is not native is made native first: a recorded line of this repository, and a dependency that somebody removed who may
 * not. A line that GitHub cannot hold as a dependency holds until the text is recorded without it.
 */
export function dependNoMore(run: Run, refs: readonly IssueRef[]): Ran {
  const { here, view, login } = run;
  const member = memberOf(here, run);
  if (member === undefined) return { kind: 'refused', answer: answerNotMember(login, { number: here }) };
  const unread = view.graph.unread.get(nodeOfMember(member));
  if (unread !== undefined) {
    return { kind: 'refused', answer: answerUnread(login, `all that #${here} waits for`, unread) };
  }
  const actions: Action[] = [];
  const ask: number[] = [];
  const missing: IssueRef[] = [];
  for (const ref of refs) {
    const step = removalOf(ref, member, run);
    if (step.kind === 'ask') ask.push(ref.number);
    else if (step.kind === 'none') missing.push(ref);
    else if (step.kind === 'done') actions.push(...step.actions);
    else return step;
  }
  if (ask.length > 0) return { kind: 'ask', numbers: ask };
  if (missing.length > 0) {
    const answer = answerNotWaiting(login, { number: here }, missing, refs.length > missing.length);
    return { kind: 'refused', answer };
  }
  return done(actions);
}

type Step = Ran | { readonly kind: 'none' };

const NOTHING: Step = done([]);

/** What takes one dependency away; `none` if there is none to take away. */
function removalOf(ref: IssueRef, member: Member, run: Run): Step {
  const { view } = run;
  const home = view.snapshot.repository.name;
  const to = nodeOfRef(ref, home);
  const earlier = earlierOn(run, to);
  if (earlier !== undefined) {
    return earlier.kind === 'add dependency' ? done([remove(earlier.blocking, run)]) : NOTHING;
  }
  const edge = view.graph.edges.find((each) => each.from === nodeOfMember(member) && each.to === to);
  const last = lastEvent(member, to, home);
  if (edge === undefined) {
    const isGone = last?.added === false && isDoneSince(last, run.comment);
    return isGone ? NOTHING : { kind: 'none' };
  }
  return takeAway(edge, { ref, last, member, run });
}

interface Known {
  readonly ref: IssueRef;
  readonly last: DependencyEvent | undefined;
  readonly member: Member;
  readonly run: Run;
}

function takeAway({ to, origin }: Edge, { ref, last, member, run }: Known): Step {
  const home = run.view.snapshot.repository.name;
  switch (origin) {
    case 'native': {
      if (last?.added === true && isUndone(last, to, run)) return NOTHING;
      const blocker = nativeOf(member, to, home);
      return blocker === undefined ? NOTHING : done([remove(blockingOf(blocker, home), run)]);
    }
    case 'kept':
      return last === undefined ? NOTHING : done(addAndRemove(blockingOf(last.blocking, home), run));
    case 'line':
      return removeLine(ref, run);
  }
}

function removeLine(ref: IssueRef, run: Run): Step {
  const { login, here, view } = run;
  const { prefix } = view.config.settings.commands;
  const refuse = (because: string): Step => ({
    kind: 'refused',
    answer: answerLineHolds(login, { number: here }, ref, because, prefix),
  });
  if (ref.owner !== undefined) return refuse('this version writes dependencies within one repository only');
  const found = lookUp(ref.number, run);
  if (found === null) return { kind: 'ask', numbers: [ref.number] };
  if ('problem' in found) return refuse(found.problem);
  return done(addAndRemove({ databaseId: found.databaseId, number: ref.number }, run));
}

function nativeOf({ issue }: Member, to: NodeId, home: string): BlockedBy | undefined {
  return valueOr(issue.blockedBy, []).find(
    ({ number, repository }) => nodeOf(number, repository, home) === to,
  );
}

function blockingOf({ databaseId, number, repository }: Omit<BlockedBy, 'closed'>, home: string): Blocking {
  const isHere = repository.toLowerCase() === home.toLowerCase();
  return isHere ? { databaseId, number } : { databaseId, number, repository };
}

function addAndRemove(blocking: Blocking, run: Run): readonly Action[] {
  const { here, comment } = run;
  const add: Action = { kind: 'add dependency', number: here, blocking, cause: `comment-${comment.id}` };
  return [add, remove(blocking, run)];
}

function remove(blocking: Blocking, { here, comment }: Run): Action {
  return { kind: 'remove dependency', number: here, blocking, cause: `comment-${comment.id}` };
}
