import type { MergeMethod, Repository, Rules } from '../model/index.js';
import type { Settings } from '../settings/schema.js';

/** `queue`: the app puts pull requests into the base's merge queue, and GitHub merges them. */
export type Method = 'fast-forward' | 'squash' | 'rebase' | 'merge' | 'queue';

/** How pull requests land on the base and why, or why the app lands none. */
export type Choice =
  | { readonly kind: 'chosen'; readonly method: Method; readonly why: string }
  | { readonly kind: 'none'; readonly why: string };

/**
 * Chooses the merge method. `auto`: the merge queue where there is one; where the base takes pull requests only, or pushes
 * of others only, the first of squash, rebase and merge that the repository and the base's rules allow; else
 * fast-forward, by which the very commit that was tested lands. GitHub does not tell an app whether it may go past the
 * rules: where it may and should, the configuration names `fast-forward`.
 *
 * `refusal`: what GitHub said when it refused to fast-forward this base, by a rule that the app does not read; null if
 * it never did. Then `auto` takes the first of the others, if there is one.
 */
export function chooseMethod(
  settings: Settings,
  rules: Rules,
  repository: Repository,
  base: string,
  refusal: string | null = null,
): Choice {
  const wanted = settings.merge.method;
  if (rules.mergeQueue && wanted === 'auto') {
    return { kind: 'chosen', method: 'queue', why: `${base} has a merge queue` };
  }
  if (wanted === 'queue') {
    if (rules.mergeQueue) return { kind: 'chosen', method: wanted, why: 'the configuration says so' };
    return { kind: 'none', why: `the configuration says queue, and ${base} has no merge queue` };
  }
  if (wanted === 'fast-forward') return { kind: 'chosen', method: wanted, why: 'the configuration says so' };
  if (wanted !== 'auto') {
    if (!repository.mergeMethods.includes(wanted)) {
      return { kind: 'none', why: `the configuration says ${wanted}, which the repository does not allow` };
    }
    if (!fits(wanted, rules)) {
      return {
        kind: 'none',
        why: `the configuration says ${wanted}, which the rules of ${base} do not allow`,
      };
    }
    return { kind: 'chosen', method: wanted, why: 'the configuration says so' };
  }
  const method = mergeMethodOf(rules, repository);
  const isOpen = rules.approvals === null && rules.mayPush;
  if (isOpen && (refusal === null || method === undefined)) {
    return {
      kind: 'chosen',
      method: 'fast-forward',
      why: 'the commit that was tested is the commit that lands',
    };
  }
  if (method === undefined) return { kind: 'none', why: whyNoMethod(rules, repository, base) };
  return { kind: 'chosen', method, why: `${base} ${whyNoFastForward(rules, refusal)}` };
}

/** True if another method takes over where GitHub refuses to fast-forward the base. */
export function fallsBack(settings: Settings, rules: Rules, repository: Repository): boolean {
  return settings.merge.method === 'auto' && mergeMethodOf(rules, repository) !== undefined;
}

/** The first merge method of GitHub's own that the repository and the base's rules allow. */
function mergeMethodOf(rules: Rules, { mergeMethods }: Repository): MergeMethod | undefined {
  return mergeMethods.find((each) => fits(each, rules));
}

const METHODS: readonly MergeMethod[] = ['squash', 'rebase', 'merge'];

/** Both lists, so that whoever may change one of them sees what is missing there. */
function whyNoMethod(rules: Rules, { mergeMethods }: Repository, base: string): string {
  if (mergeMethods.length === 0) return 'the repository allows no merge method';
  const fitting = METHODS.filter((each) => fits(each, rules)).join(' or ') || 'no method';
  return `the repository allows ${mergeMethods.join(' or ')}, and the rules of ${base} allow ${fitting}`;
}

/** GitHub signs what it squashes or merges, but not what it rebases: a base of signed commits refuses that. */
function fits(method: MergeMethod, { linear, signatures, mergeMethods }: Rules): boolean {
  if (method === 'merge' && linear) return false;
  if (method === 'rebase' && signatures) return false;
  return mergeMethods === null || mergeMethods.includes(method);
}

function whyNoFastForward({ approvals, mayPush, mergeMethods }: Rules, refusal: string | null): string {
  if (approvals !== null) {
    return mergeMethods === null || mergeMethods.length === 3
      ? 'takes pull requests only'
      : `takes pull requests only, by ${mergeMethods.join(' or ')}`;
  }
  return mayPush && refusal !== null
    ? `refused a fast-forward: ${refusal.replace(/\.$/, '')}`
    : 'takes no pushes of this app';
}
