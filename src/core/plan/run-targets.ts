import type { Action } from '../actions/action.js';
import { type Member, isOver } from '../membership/member.js';
import { type Ran, type Run, done, notNow } from './run.js';

/** The issues that a command means, by number. `all` means every member whose work is not over. */
export function targetNumbers({ command, here, view }: Run): readonly number[] {
  if (!('targets' in command) || command.targets === 'here') return [here];
  if (command.targets !== 'all') return command.targets.map((ref) => ref.number);
  return view.members.filter((member) => !isOver(member)).map((member) => member.number);
}

/** The member of that number; undefined if the issue is not part of the deployment. */
export function memberOf(number: number, { view }: Pick<Run, 'view'>): Member | undefined {
  return view.members.find((member) => member.number === number);
}

/** Only what belongs to the deployment and is not over can be held, landed, made ready or cancelled. */
export function eachMember(run: Run, act: (member: Member) => readonly Action[] | Ran): Ran {
  const actions: Action[] = [];
  for (const number of targetNumbers(run)) {
    const member = memberOf(number, run);
    const problem =
      member === undefined ? 'it is not part of the deployment' : isOver(member) ? 'its work is over' : null;
    if (member === undefined || problem !== null) {
      return notNow(run, number, problem ?? '');
    }
    const acted = act(member);
    if ('kind' in acted) return acted;
    actions.push(...acted);
  }
  return done(actions);
}
