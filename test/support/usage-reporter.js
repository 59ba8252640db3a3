import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Sums what every local GitHub of a run was asked and where messages differed from GitHub's description, and prints
 * `N requests, M operations, 0 violations` at the end. A violation fails the run.
 */
// oxlint-disable-next-line import/no-default-export -- Jest takes nothing else.
export default class UsageReporter {
  #folder = mkdtempSync(join(tmpdir(), 'usage-'));
  #violations = [];

  constructor() {
    // Before the workers start: they inherit it.
    process.env.LOCAL_GITHUB_USAGE = join(this.#folder, 'usage.jsonl');
  }

  onRunComplete() {
    const runs = this.#read();
    rmSync(this.#folder, { recursive: true, force: true });
    if (runs.length === 0) return;
    const requests = runs.reduce((sum, run) => sum + run.requests, 0);
    const operations = new Set(runs.flatMap((run) => run.operations));
    this.#violations = runs.flatMap((run) => run.violations);
    const head = `${requests} requests, ${operations.size} operations, ${this.#violations.length} violations`;
    process.stdout.write(`${[head, ...this.#violations].join('\n')}\n`);
  }

  getLastError() {
    if (this.#violations.length === 0) return undefined;
    return new Error(`${this.#violations.length} messages differ from GitHub's description`);
  }

  #read() {
    try {
      const lines = readFileSync(process.env.LOCAL_GITHUB_USAGE, 'utf8').split('\n');
      return lines.filter(Boolean).map((line) => JSON.parse(line));
    } catch (error) {
      if (error.code === 'ENOENT') return [];
      throw error;
    }
  }
}
