/** How things are named: labels, branches, worktrees, pull requests, task files. */
import { z } from 'zod';
import { checked, line, textList } from './fields.js';
import { branchProblem, pathProblem, writtenPathProblem } from './ref-name.js';
import { fillTemplate, placeholderProblem } from './template.js';

/** GitHub's limit for the name of a label. */
export const MAX_LABEL = 50;

export const labels = z.strictObject({
  deploy: line(MAX_LABEL)
    .default('deploy-subagent')
    .describe('The label that asks for an issue to be deployed. At most 50 characters.'),
  prefix: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/, 'expected 1 to 30 letters, digits, `.`, `_` or `-`')
    .default('subagent')
    .describe('What the control labels begin with: `<prefix>:hold`, `merge`, `freeze`, `pause`, `tracking`.'),
});

export const base = checked(branchProblem).describe(
  'The branch that the work starts from and lands on. The default branch if left out.',
);

/** Issue numbers of every length that GitHub may have. */
const NUMBERS = Array.from({ length: 10 }, (_, index) => '1234567890'.slice(0, index + 1));

export const branch = checked(
  (template) =>
    placeholderProblem(template, ['number'], ['number']) ??
    firstProblem(NUMBERS, (number) => branchProblem(fillTemplate(template, { number }))),
)
  .default('feature/issue-{number}')
  .describe(
    'The name of an issue’s branch. Must contain `{number}` once, and be a branch name that git allows.',
  );

export const worktree = checked(
  (template) =>
    placeholderProblem(template, ['number', 'base'], ['number']) ??
    pathProblem(fillTemplate(template, { number: '1234567890', base: 'main' })),
)
  .default('{base}-issue-{number}')
  .describe(
    'The folder of an issue’s worktree, from `{number}` and `{base}`; a slash of the base becomes `-`.',
  );

const MAX_TITLE_TEMPLATE = 150;

export const title = line(MAX_TITLE_TEMPLATE)
  .refine((template) => placeholderProblem(template, ['number', 'title', 'base'], ['number']) === undefined, {
    message: 'expected `{number}` once, and nothing else in braces but `{title}` and `{base}`',
  })
  .default('Fix: Issue #{number} - {title}')
  .describe('The title of the pull request, from `{number}`, `{title}` and `{base}`.');

export const taskFile = z.strictObject({
  path: checked(
    (template) =>
      placeholderProblem(template, ['number'], ['number']) ??
      writtenPathProblem(fillTemplate(template, { number: '1234567890' })),
  )
    .default('.agents/subagent_issue_{number}.md')
    .describe('Where the task file is. Must contain `{number}` once; not in `.git/` or `.github/`.'),
  keep: z
    .boolean()
    .default(false)
    .describe('Whether the task file stays on the branch when the pull request becomes ready for review.'),
});

export const references = textList(checked(pathProblem), 20)
  .default(() => ['AGENTS.md', 'CLAUDE.md'])
  .describe('Files that a task file links to, where they exist. At most 20.');

function firstProblem(
  texts: readonly string[],
  check: (text: string) => string | undefined,
): string | undefined {
  for (const text of texts) {
    const problem = check(text);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
