import type { ChecksMissing } from './reason.js';

/** Which checks are waited for, and after half an hour that they never came: without a full stop. */
export function missingText({ names, asked, overdue }: ChecksMissing): string {
  const which = names.join(', ');
  if (!overdue) return `Waits for checks to report: ${which}`;
  return asked
    ? `Required, and never reported: ${which}`
    : `Passed before its update, and never reported since: ${which}`;
}

/** Where to look for checks that do not come, and what to do if nothing reports them any more. */
export function missingWays({ asked, overdue }: ChecksMissing): readonly string[] {
  if (!overdue) return ['Nothing to do, unless it stays so: then no workflow reports them on this head.'];
  const ways = [
    'See whether a workflow that reports them runs on this branch, waits for approval, or is kept away by a `paths` filter.',
  ];
  if (asked) {
    ways.push(
      'If nothing reports them any more: an admin takes them off the rules of the base, or somebody with write off `merge.checks`.',
    );
  } else {
    ways.push(
      'If nothing reports them any more: somebody with write pushes to the branch, or merges it by hand.',
    );
  }
  return ways;
}
