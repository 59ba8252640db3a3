import type { Action } from '../actions/action.js';
import { answerCycle, answerNotNow } from '../commands/answers.js';
import { type IssueRef, formatReference } from '../facts/references.js';
import { waitingPath } from '../graph/cycles.js';
import type { Edge } from '../graph/edges.js';
import { numberOf } from '../graph/node.js';
import { nodeOfMember } from '../view/view.js';
import { type Ran, type Run, done } from './run.js';

/** Adds native dependencies. One that would close a cycle is refused with the path that is there already. */
export function dependOn(run: Run, refs: readonly IssueRef[]): Ran {
  const { here, view, login, earlier } = run;
  const edges = [...view.graph.edges, ...earlier.flatMap(edgeOf)];
  const refuse = (ref: IssueRef, because: string): Ran => ({
    kind: 'refused',
    answer: answerNotNow(login, 'depends-on', ref, because),
  });
  if (!view.members.some((member) => member.number === here)) {
    return refuse({ number: here }, 'it is not part of the deployment');
  }
  const actions: Action[] = [];
  const ask: number[] = [];
  for (const ref of refs) {
    if (ref.owner !== undefined)
      return refuse(ref, 'this version adds dependencies within one repository only');
    const path =
      ref.number === here
        ? [`#${here}`]
        : waitingPath(`#${ref.number}`, nodeOfMember({ number: here }), edges);
    if (path !== null) return { kind: 'refused', answer: answerCycle(login, path.map(toRef)) };
    if (edges.some((edge) => edge.from === `#${here}` && edge.to === formatReference(ref))) continue;
    const found = lookUp(ref.number, run);
    if (found === null) ask.push(ref.number);
    else if ('problem' in found) return refuse(ref, found.problem);
    else actions.push({ kind: 'add dependency', number: here, blocking: { ...found, number: ref.number } });
  }
  return ask.length > 0 ? { kind: 'ask', numbers: ask } : done(actions);
}

/** The dependency that an earlier command is about to add. */
function edgeOf(action: Action): readonly Edge[] {
  if (action.kind !== 'add dependency') return [];
  return [{ from: `#${action.number}`, to: `#${action.blocking.number}`, origin: 'native' }];
}

function lookUp(number: number, { view }: Run): { databaseId: number } | { problem: string } | null {
  const known = view.judged.find((member) => member.number === number);
  if (known !== undefined) return { databaseId: known.issue.databaseId };
  const named = view.snapshot.named[number];
  if (named === undefined) return null;
  if (named.kind === 'unreadable') return { problem: named.why };
  return named.value.isPull
    ? { problem: 'it is a pull request, and GitHub lets only issues be waited for' }
    : { databaseId: named.value.databaseId };
}

function toRef(node: string): IssueRef {
  const number = numberOf(node);
  if (number !== null) return { number };
  const [repository = '', digits = '0'] = node.split('#');
  const [owner = '', repo = ''] = repository.split('/');
  return { owner, repo, number: Number(digits) };
}
