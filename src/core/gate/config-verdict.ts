import type { HeadConfig } from '../model/index.js';
import type { Digest } from '../names/labels.js';
import { SETTINGS_PATH } from '../names/settings-path.js';
import { parseSettings } from '../settings/parse.js';
import { type Problem, sayProblem } from '../settings/problems.js';
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
    case 'not text':
      return wrong([{ path: '', line: 1, message: 'expected a file of text, in UTF-8' }]);
    case 'too large':
      return wrong([{ path: '', line: 1, message: 'the file is larger than 64 KiB' }]);
    case 'text': {
      const result = parseSettings(config.text);
      if (!result.ok) return wrong(result.problems);
      return free(`${SETTINGS_PATH} is valid`, 'It holds as soon as it is on the default branch.');
    }
  }
}

const MERGED_ANYWAY =
  'This check keeps nothing from merging. Merged like this, the last valid version stays in force, and nothing new is deployed or landed until the file is mended.';

function wrong(problems: readonly Problem[]): Judged {
  const words = [...problems.map((problem) => `- ${sayProblem(problem)}`), '', MERGED_ANYWAY].join('\n');
  return {
    status: 'completed',
    conclusion: 'failure',
    title: `${SETTINGS_PATH} is not valid: ${plural(problems.length, 'problem')}`,
    summary: { key: words, words: () => words },
    buttons: [],
    annotations: problems.map(({ path, line, message }) => ({
      path: SETTINGS_PATH,
      line,
      title: path === '' ? 'Not valid' : cutText(oneLine(path), 100),
      message,
    })),
  };
}
