import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** As Debian, Ubuntu, Fedora and the vendors call it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];

/**
 * Where the browser is: what CHROMIUM_PATH names, else the first of the usual names on the PATH. Throws an error that says
 * what to install where there is none, so that no test which needs it is ever left out.
 */
export function chromiumPath(environment: Readonly<Record<string, string | undefined>>): string {
  const { CHROMIUM_PATH: named, PATH = '' } = environment;
  if (named !== undefined && named !== '') {
    if (isAbsolute(named) && existsSync(named)) return named;
    throw new Error(
      `CHROMIUM_PATH is ${named}, and there is no such file: set it to the whole path of Chromium.`,
    );
  }
  const folders = PATH.split(delimiter).filter(isAbsolute);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (found !== undefined) return found;
  throw new Error(
    'There is no Chromium here. Install it (on Debian: apt-get install --no-install-recommends chromium), or set CHROMIUM_PATH to where it is.',
  );
}
