import type { Repository, Rules } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

export type Method = 'fast-forward' | 'squash' | 'rebase' | 'merge';

/**
 * How pull requests land on the base and why, or why the app lands none. `queue`: the base has a merge queue, into which
 * people put them and the app does not.
 */
export type Choice =
  | { readonly kind: 'chosen'; readonly method: Method; readonly why: string }
  | { readonly kind: 'queue' }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Chooses the merge method. `auto`: none of the app's where there is a merge queue; where the base takes pull requests only, or pushes
 * of others only, the first of squash, rebase and merge that the repository and the base's rules allow; else
 * fast-forward, by which the very commit that was tested lands. GitHub does not tell an app whether it may go past the
 * rules: where it may and should, the configuration names `fast-forward`.
 */
export function chooseMethod(settings: Settings, rules: Rules, repository: Repository, base: string): Choice {
  const wanted = settings.merge.method;
  if (rules.mergeQueue && (wanted === 'queue' || wanted === 'auto')) return { kind: 'queue' };
  if (wanted === 'queue') {
    return { kind: 'none', why: `the configuration says queue, and ${base} has no merge queue` };
  }
  if (wanted === 'fast-forward') return { kind: 'chosen', method: wanted, why: 'the configuration says so' };
  if (wanted !== 'auto') {
    if (repository.mergeMethods.includes(wanted)) {
      return { kind: 'chosen', method: wanted, why: 'the configuration says so' };
    }
    return { kind: 'none', why: `the configuration says ${wanted}, which the repository does not allow` };
  }
  if (rules.approvals === null && rules.mayPush) {
    return {
      kind: 'chosen',
      method: 'fast-forward',
      why: 'the commit that was tested is the commit that lands',
    };
  }
  const method = repository.mergeMethods.find((each) => each !== 'merge' || !rules.linear);
  if (method === undefined)
    return { kind: 'none', why: `the repository allows no merge method that fits ${base}` };
  const why = rules.approvals === null ? 'takes no pushes of this app' : 'takes pull requests only';
  return { kind: 'chosen', method, why: `${base} ${why}` };
}
