import type { Loose, Sandbox, Who } from './sandbox.js';

export interface Ci {
  /** Heads that were tested, oldest first. */
  readonly tested: string[];
  /** Reports on the heads that have no report yet; how many there were. */
  run(): Promise<number>;
}

export interface CiOptions {
  /** What it reports on a pull request's head, by the name of the check. */
  readonly report?: (pull: Loose) => Readonly<Record<string, string>>;
  /** What it reports on the head of `main`; nothing if left out. */
  readonly base?: Readonly<Record<string, string>>;
}

/** A CI that tests each new head of an open pull request when it is told to run. */
export function createCi(sandbox: Sandbox, options: CiOptions = {}): Ci {
  const { report = () => ({ test: 'success' }), base } = options;
  const tested: string[] = [];
  const seen = new Set<string>();

  async function put(sha: string, results: Readonly<Record<string, string>>): Promise<void> {
    seen.add(sha);
    for (const [name, conclusion] of Object.entries(results)) await sandbox.check(sha, name, conclusion);
  }

  return {
    tested,
    async run() {
      const pulls = await sandbox.repo('admin', 'GET', '/pulls?state=open&per_page=100');
      const fresh = pulls.filter((pull: Loose) => !pull.draft && !seen.has(pull.head.sha));
      for (const pull of fresh) {
        tested.push(pull.head.sha);
        await put(pull.head.sha, report(pull));
      }
      if (base === undefined) return fresh.length;
      const main = await headOf(sandbox, 'main');
      if (!seen.has(main)) await put(main, base);
      return fresh.length;
    },
  };
}

/** Subagents work: each issue gets a file of its own and what else is given; then all are marked ready. */
export async function workOn(
  sandbox: Sandbox,
  numbers: readonly number[],
  files: (issue: number) => Readonly<Record<string, string>> = ownFile,
): Promise<void> {
  for (const number of numbers) await sandbox.work(number, files(number));
  for (const number of numbers) await sandbox.comment('writer', number, '/ready');
  await sandbox.settle();
}

export function ownFile(issue: number): Record<string, string> {
  return { [`issue-${issue}.py`]: `done = ${issue}\n` };
}

export async function approve(sandbox: Sandbox, who: Who, ...issues: number[]): Promise<void> {
  const own = (await sandbox.pulls()).filter(({ head }) => head.repo?.full_name === sandbox.info.repository);
  for (const issue of issues) {
    const number = own.find((pull) => issueOf(pull) === issue)?.number;
    await sandbox.repo(who, 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE' });
  }
  await sandbox.settle();
}

/** Somebody comments, and the bot deals with it. */
export async function say(sandbox: Sandbox, who: Who, number: number, text: string): Promise<void> {
  await sandbox.comment(who, number, text);
  await sandbox.settle();
}

/** Asks for everything to land, on the tracking issue. */
export async function mergeAll(sandbox: Sandbox, who: Who = 'maintainer'): Promise<void> {
  await say(sandbox, who, (await sandbox.tracker()).number, '/merge all');
}

/** A head without names of checks counts as green only 60 s after its push, so nothing is over before that. */
const ROUND = 'PT61S';

/** Lets CI and the bot take turns until neither has anything to do. */
export async function untilQuiet(sandbox: Sandbox, ci: Ci): Promise<void> {
  await sandbox.settle();
  let before = await branchHeads(sandbox);
  for (let round = 0; round < 30; round += 1) {
    const tested = await ci.run();
    await sandbox.advance(ROUND);
    const after = await branchHeads(sandbox);
    if (tested === 0 && before === after) return;
    before = after;
  }
  throw new Error('CI and the bot never come to rest');
}

async function branchHeads(sandbox: Sandbox): Promise<string> {
  const refs = await sandbox.repo('admin', 'GET', '/git/matching-refs/heads');
  return JSON.stringify(refs.map((ref: Loose) => [ref.ref, ref.object.sha]));
}

export async function headOf(sandbox: Sandbox, branch: string): Promise<string> {
  return (await sandbox.repo('admin', 'GET', `/git/ref/heads/${branch}`)).object.sha;
}

/** Commits of `main`, oldest first. */
export async function mainLog(sandbox: Sandbox): Promise<{ readonly sha: string; readonly title: string }[]> {
  const commits = await sandbox.repo('admin', 'GET', '/commits?sha=main&per_page=100');
  return commits
    .map(({ sha, commit }: Loose) => ({ sha, title: commit.message.split('\n', 1)[0] }))
    .reverse();
}

/** Paths of the files at the top of `main`, and of those in the folder of the task files. */
export async function filesOnMain(sandbox: Sandbox): Promise<string[]> {
  const top: readonly Loose[] = await sandbox.repo('admin', 'GET', '/contents/');
  const hasTasks = top.some(({ path }) => path === '.agents');
  const tasks: readonly Loose[] = hasTasks ? await sandbox.repo('admin', 'GET', '/contents/.agents') : [];
  return [...tasks, ...top].filter(({ type }) => type === 'file').map(({ path }) => path);
}

/** Issues whose pull requests GitHub calls merged, in the order in which they landed. */
export async function landed(sandbox: Sandbox): Promise<number[]> {
  const order = new Map((await mainLog(sandbox)).map(({ sha }, index) => [sha, index]));
  const place = (pull: Loose) => order.get(pull.merge_commit_sha) ?? Infinity;
  return (await sandbox.pulls())
    .filter((pull) => pull.merged_at !== null)
    .sort((a, b) => place(a) - place(b))
    .map(issueOf);
}

/** The issue that a pull request's branch is for; not a number for any other branch. */
export function issueOf({ head }: Loose): number {
  return Number(head.ref.replace('feature/issue-', ''));
}

/** The row of an issue in the table of the tracking issue. */
export async function rowOf(sandbox: Sandbox, issue: number): Promise<string> {
  const { body } = await sandbox.tracker();
  return body.split('\n').find((line: string) => line.includes(`| [#${issue}](../issues/${issue}) `)) ?? '';
}
