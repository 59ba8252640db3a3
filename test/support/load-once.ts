declare global {
  /** Set by `environment.js`. */
  var loadOnce: (path: string) => Promise<never>;
}

/**
 * A module of the project, loaded once for all test files of a worker of Jest; `path` is from the root of the project.
 *
 * What the module remembers lasts from one test file to the next, and it was made outside of Jest: its `Error` and `Map` are
 * not those of the test. So it is for what is started and then talked to, such as a server.
 */
export function loadOnce<Module>(path: string): Promise<Module> {
  return globalThis.loadOnce(path);
}
