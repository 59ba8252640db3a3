import type { Action } from '../actions/action.js';
import { answerCannotWait, answerCycle, answerNotMember } from '../commands/answers.js';
import type { IssueRef } from '../facts/references.js';
import { waitingPath } from '../graph/cycles.js';
import { nodeOfRef, numberOf } from '../graph/node.js';
import { nodeOfMember } from '../view/view.js';
import { type Ran, type Run, done } from './run.js';
import { earlierOn, edgesNow, isUndone, lastEvent } from './run-edges.js';
import { lookUp } from './run-look-up.js';
import { memberOf } from './run-targets.js';

/** Adds native dependencies. One that would close a cycle is refused with the path that is there already. */
export function dependOn(run: Run, refs: readonly IssueRef[]): Ran {
  const { here, view, login, comment } = run;
  const member = memberOf(here, run);
  if (member === undefined) return { kind: 'refused', answer: answerNotMember(login, { number: here }) };
  const home = view.snapshot.repository.name;
  const edges = edgesNow(run);
  const actions: Action[] = [];
  const ask: number[] = [];
  for (const ref of refs) {
    const refuse = (because: string): Ran => ({
      kind: 'refused',
      answer: answerCannotWait(login, { number: here }, ref, because),
    });
    if (ref.owner !== undefined) return refuse('this version adds dependencies within one repository only');
    const to = nodeOfRef(ref, home);
    const edge = edges.find((each) => each.from === nodeOfMember(member) && each.to === to);
    if (edge !== undefined && edge.origin !== 'kept') continue;
    const last = lastEvent(member, to, home);
    const isOverOn = edge === undefined && earlierOn(run, to) === undefined && last?.added === false;
    if (isOverOn && isUndone(last, to, run)) continue;
    const path = ref.number === here ? [to] : waitingPath(to, nodeOfMember(member), edges);
    if (path !== null) return { kind: 'refused', answer: answerCycle(login, path.map(toRef)) };
    const found = lookUp(ref.number, run);
    if (found === null) ask.push(ref.number);
    else if ('problem' in found) return refuse(found.problem);
    else {
      const blocking = { databaseId: found.databaseId, number: ref.number };
      actions.push({ kind: 'add dependency', number: here, blocking, cause: `comment-${comment.id}` });
    }
  }
  return ask.length > 0 ? { kind: 'ask', numbers: ask } : done(actions);
}

function toRef(node: string): IssueRef {
  const number = numberOf(node);
  if (number !== null) return { number };
  const [repository = '', digits = '0'] = node.split('#');
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, number: Number(digits) };
}
