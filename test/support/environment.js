import { register } from 'node:module';

import { TestEnvironment } from 'jest-environment-node';

const ROOT = new URL('../../', import.meta.url);
let readsTypeScript = false;

/** From here on this process can import TypeScript, and an error tells the lines of its source. */
function readTypeScript() {
  if (readsTypeScript) return;
  readsTypeScript = true;
  process.setSourceMapsEnabled(true);
  register('./typescript-hooks.js', import.meta.url);
}

/**
 * Jest loads every module anew for each test file. That is what tests of single modules want; for the whole app and the local
 * GitHub it is several seconds of processor time a file, most of it for code that is compiled, run once and thrown away. Here
 * tests get `loadOnce`, which loads a module outside of Jest, as Node does by itself: once for each worker of Jest.
 */
// oxlint-disable-next-line import/no-default-export -- Jest takes nothing else.
export default class Environment extends TestEnvironment {
  #watches;

  constructor(config, context) {
    super(config, context);
    this.#watches = config.globalConfig.watch || config.globalConfig.watchAll;
  }

  async setup() {
    await super.setup();
    this.global.loadOnce = (path) => this.#loadOnce(path);
  }

  #loadOnce(path) {
    if (this.#watches) {
      throw new Error(`${path} is loaded once, so a change would not be seen: run the tests without --watch`);
    }
    readTypeScript();
    return import(new URL(path, ROOT).href);
  }
}
