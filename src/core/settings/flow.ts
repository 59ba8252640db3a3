/** How work starts, becomes ready, waits and lands. */
import { z } from 'zod';
import { CONFIG_CHECK } from './config-check.js';
import { duration, glob, line, textList } from './fields.js';

export const start = z.strictObject({
  when: z
    .enum(['unblocked', 'labelled'])
    .default('unblocked')
    .describe('`unblocked`: when all that the issue depends on is done. `labelled`: at once.'),
});

export const ready = z.strictObject({
  when: z
    .enum(['runner', 'command'])
    .default('runner')
    .describe(
      '`runner`: when the runner has finished and the checks are green. `command`: by `/ready` or by hand.',
    ),
});

export const gate = z.strictObject({
  name: line(100)
    .refine(
      (name) => name.toLowerCase() !== CONFIG_CHECK,
      `expected another name than that of the check on this file`,
    )
    .default('merge-order')
    .describe('The name of the check run that keeps the merge order.'),
  overlaps: z
    .enum(['note', 'coordinate', 'ignore'])
    .default('note')
    .describe(
      'Two pull requests that change the same file. `note`: shown. `coordinate`: whichever lands second must first be brought up to date. `ignore`: nothing. Never enforced: lock files, `*.min.js`, `*.min.css`, source maps, `__generated__/`, and what at least three, and more than a third, of four or more pull requests change.',
    ),
  ignore: textList(glob, 100)
    .default(() => ['**/package-lock.json'])
    .describe(
      'Patterns of files whose overlaps are shown and never enforced: of the whole path, with `*`, `**` for any folders, `?` and `[…]`. At most 100, without braces.',
    ),
});

export const merge = z.strictObject({
  method: z
    .enum(['auto', 'fast-forward', 'squash', 'rebase', 'merge', 'queue'])
    .default('auto')
    .describe(
      'How the app lands pull requests. `auto`: as the rules of the base allow. `queue`, and `auto` where the base has a merge queue: the app puts them into it, and GitHub merges them.',
    ),
  when: z
    .enum(['command', 'approved'])
    .default('command')
    .describe('`command`: after `/merge`. `approved`: as soon as reviews and checks allow it.'),
  checks: textList(line(200), 50)
    .default(() => [])
    .describe('Names of checks that must be green, beside those that the base requires.'),
  settle: duration('0s', '1h')
    .prefault('60s')
    .describe('How long after a push without any checks it counts as having none.'),
  slot: duration('1min', '24h')
    .prefault('60m')
    .describe('How long one pull request may keep the others from landing while it is updated and tested.'),
  'self-approval': z
    .boolean()
    .default(false)
    .describe('Whether the approval of a person counts who asked for the deployment or wrote part of it.'),
  'delete-branch': z.boolean().default(true).describe('Whether the branch is deleted after it has landed.'),
});

export const runner = z.strictObject({
  kind: z
    .enum(['none', 'workflow', 'dispatch', 'comment'])
    .default('none')
    .describe(
      'What starts the work: nothing (people pick the branch up), a workflow, a dispatch event, a comment.',
    ),
  'max-running': z
    .int()
    .min(1)
    .max(100)
    .default(4)
    .describe('How many runners work at the same time. 1 to 100.'),
});

export const staleAfter = duration('10min', '90d')
  .prefault('24h')
  .describe('After how long without a push a subagent that has started is called stalled.');
