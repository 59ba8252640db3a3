import { to } from '../commands/answers.js';
import { codeSpan } from '../text/code.js';
import { firstBlocks, firstLines } from '../text/fitting.js';
import { noLanding, troubles } from '../tracking/for-all.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { endedLines } from './ended.js';
import { createExplained } from './member-lines.js';
import { notDeployedLines } from './not-deployed.js';

/** What is said of one issue, and of all together, at most. */
const MAX_LINES = 40;
const MAX_ISSUE = 8_000;
const MAX_ALL = 30_000;

const CUT = '- There is more than an answer holds; the tracking issue shows the whole deployment.';

/**
 * The answer to `why`: what keeps each of these issues from starting or landing, and who or what can change it.
 *
 * @param length `short` gives each issue that is open one line
 */
export function answerWhy(
  login: string,
  numbers: readonly number[],
  view: View,
  progress: Progress,
  length: 'full' | 'short',
): string {
  const explained = createExplained(view, progress);
  const standings = new Map(progress.standings.map((standing) => [standing.member.number, standing]));
  const blocks = [...new Set(numbers)].map((number): readonly string[] => {
    const standing = standings.get(number);
    if (standing === undefined) return notDeployedLines(number, view);
    const ended = endedLines(standing.member, view);
    if (ended !== null) return ended;
    return length === 'short' ? [explained.short(standing)] : cut(explained.full(standing));
  });
  const { lines, left } = firstBlocks(blocks, MAX_ALL);
  const more = `${left} more ${left === 1 ? 'is' : 'are'} not shown: name those that you mean, like ${codeSpan('why #8')}.`;
  return [
    to(login, head(numbers, length)),
    ...forAll(view, progress),
    ...lines.flatMap((block) => (length === 'short' ? [block] : ['', block])),
    ...(left === 0 ? [] : ['', more]),
  ].join('\n');
}

function head(numbers: readonly number[], length: 'full' | 'short'): string {
  if (numbers.length === 0) return 'nothing is deployed that has not ended.';
  return length === 'short'
    ? `what each waits for; ${codeSpan('why #8')} says more of one.\n`
    : 'this is how it stands, and who can change that.';
}

/** What keeps all of them back. */
function forAll(view: View, progress: Progress): readonly string[] {
  const needs = [...troubles(view), ...noLanding(progress)];
  return needs.length === 0 ? [] : ['', ...needs.flatMap(({ what, way }) => [`- **${what}**`, `  - ${way}`])];
}

function cut(lines: readonly string[]): readonly string[] {
  const shown = firstLines(lines, MAX_LINES - 1, MAX_ISSUE);
  return shown.length === lines.length ? lines : [...shown, CUT];
}
