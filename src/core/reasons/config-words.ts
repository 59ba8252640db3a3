import { SETTINGS_PATH } from '../names/settings-path.js';
import { codeSpan } from '../text/code.js';

/** Who mends an invalid configuration, and where: an owner's default, the file of the repository `from`, has two ways. */
export function configWays(from: string | null): readonly string[] {
  const file = codeSpan(SETTINGS_PATH);
  if (from === null) return [`Somebody with write mends ${file} on the default branch.`];
  return [
    `Somebody with write mends ${file} on the default branch of ${codeSpan(from)}, or adds ${file} here, which then holds instead.`,
  ];
}
