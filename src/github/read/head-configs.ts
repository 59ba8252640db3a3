import { type HeadConfig, type Pull, type Readable } from '../../core/model/index.js';
import { SETTINGS_PATH } from '../../core/names/settings-path.js';
import { judgeHead } from '../../core/settings/judge-head.js';
import { mapReadable } from './answer.js';
import type { CoreInput } from './core.js';
import { readFiles } from './files.js';
import { remembered } from './memory.js';

/**
 * The settings file on the heads of open pull requests that change it, by the SHA of the head. Which ones do is known from
 * the lists of their files; each head is asked for, and judged, once. GitHub keeps the commits of a fork's pull request in the
 * repository that it is opened in, too.
 */
export async function readHeadConfigs(
  input: CoreInput,
  pulls: readonly Pull[],
): Promise<Readonly<Record<string, Readable<HeadConfig>>>> {
  const heads = pulls.filter((pull) => pull.state === 'open' && changesSettings(pull));
  const items = new Set(heads.map(({ head }) => head.sha));
  const configs = await remembered(
    input.memory.headConfigs,
    [...items].map((sha) => ({ id: sha, key: sha, at: `${sha}:${SETTINGS_PATH}` })),
    0,
    async (missing) => {
      const files = await readFiles(input, missing);
      return new Map([...files].map(([sha, file]) => [sha, mapReadable(file, judgeHead)]));
    },
  );
  return Object.fromEntries(configs);
}

function changesSettings({ detail }: Pull): boolean {
  if (detail.kind === 'unreadable') return false;
  const { files } = detail.value;
  return files.kind === 'read' && files.value.includes(SETTINGS_PATH);
}
