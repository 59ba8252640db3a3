import type { Group } from '../core/plan/group.js';

/** The first `budget` actions of a plan. A group may be cut, as it would be by a crash: the next plan goes on there. */
export function affordable(groups: readonly Group[], budget: number): readonly Group[] {
  const chosen: Group[] = [];
  let left = budget;
  for (const group of groups) {
    const actions = group.actions.slice(0, left);
    if (actions.length > 0) chosen.push({ ...group, actions });
    left -= actions.length;
  }
  return chosen;
}
