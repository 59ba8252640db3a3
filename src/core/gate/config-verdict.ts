import type { HeadConfig, HeadProblem } from '../model/index.js';
import type { Digest } from '../names/labels.js';
import { SETTINGS_PATH } from '../names/settings-path.js';
import { sayProblem } from '../settings/problems.js';
import { cutText, oneLine, plural } from '../text/clean.js';
import { type Judged, type Judgement, free, sealed } from './verdict.js';

/**
 * What the check on a pull request that changes the settings file says: whether the file of its head could hold. The head
 * is only read; what holds is on the default branch.
 */
export function configVerdict(config: HeadConfig, digest: Digest): Judgement {
  return sealed(judge(config), digest);
}

function judge(config: HeadConfig): Judged {
  switch (config.kind) {
    case 'absent':
      return free(
        `${SETTINGS_PATH} is not there any more`,
        "Where there is none, the default of the owner's `.github` repository holds, and else that of each key.",
      );
    case 'valid':
      return free(`${SETTINGS_PATH} is valid`, 'It holds as soon as it is on the default branch.');
    case 'wrong':
      return wrong(config.problems);
  }
}

const MERGED_ANYWAY =
  'This check keeps nothing from merging. Merged like this, the last valid version stays in force, and nothing new is deployed or landed until the file is mended.';

function wrong(problems: readonly HeadProblem[]): Judged {
  const words = [...problems.map((problem) => `- ${sayProblem(problem)}`), '', MERGED_ANYWAY].join('\n');
  return {
    status: 'completed',
    conclusion: 'failure',
    title: `${SETTINGS_PATH} is not valid: ${plural(problems.length, 'problem')}`,
    summary: { key: words, words: () => words },
    buttons: [],
    // A key may be made of nothing that is seen.
    annotations: problems.map(({ path, line, message }) => ({
      path: SETTINGS_PATH,
      line,
      title: cutText(oneLine(path), 100) || 'Not valid',
      message,
    })),
  };
}
