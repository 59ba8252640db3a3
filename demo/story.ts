import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { Ci } from './ci.js';
import type { Github, Role } from './github.js';
import type { Narrator } from './narrator.js';
import type { Person, Repo } from './people.js';

/** The issues of the example repository. */
export const ISSUES = [8, 6, 5, 4] as const;

export interface Stage {
  readonly github: Github;
  readonly repo: Repo;
  readonly people: Readonly<Record<Exclude<Role, 'ci'>, Person>>;
  readonly ci: Ci;
  readonly narrator: Narrator;
  /** Aborted when the demo has taken too long. */
  readonly deadline: AbortSignal;
}

/** What the story saw that its end does not show; it is filled in as the story goes on. */
export interface Witnessed {
  tracker: number;
  /** GitHub's answer to a merge out of turn. */
  refusal: { readonly status: number; readonly message: string };
  /** What the gate of #4 said once #8 had landed, with which it shares code. */
  update: string;
}

const run = promisify(execFile);
const SUBAGENT = fileURLToPath(new URL('./subagent.js', import.meta.url));

/** The whole life of the four issues. Throws if the stage's deadline passes. */
export async function play(stage: Stage, witnessed: Witnessed): Promise<void> {
  const { narrator, people } = stage;

  narrator.chapter('1. Ada protects main and labels four issues. The bot sets everything up.');
  await protect(stage);
  const tracker = await deploy(stage);
  witnessed.tracker = tracker;

  narrator.chapter('2. Tove says that #5 builds on #6. The gate of its pull request closes.');
  await people.triager.comment(5, '/depends-on #6');
  await quiet(stage);

  narrator.chapter('3. Four subagents clone, work and push, at the same time. CI tests what they push.');
  await Promise.all(ISSUES.map((issue) => work(stage, issue)));
  await stage.github.advance('PT20M');
  await quiet(stage);

  narrator.chapter('4. The work is ready. Grace reviews it, and tries to merge #5 before its turn.');
  for (const issue of ISSUES) await people.writer.comment(issue, '/ready');
  await quiet(stage);
  await approveAll(stage);
  witnessed.refusal = await mergeEarly(stage);

  narrator.chapter(
    '5. Linus asks for #8 to land. #4 has changed the same file, so its gate asks for an update.',
  );
  await people.writer.comment(8, '/merge');
  await untilClosed(stage, [8]);
  await stage.github.advance('PT15S');
  await quiet(stage);
  witnessed.update = await readGate(stage, 4);

  narrator.chapter(
    '6. Tove holds #6 back, Linus asks for everything. The bot brings #4 up to date and lands it.',
  );
  await people.triager.comment(6, '/hold -- the vector store is being moved');
  await quiet(stage);
  await people.writer.comment(tracker, '/merge all');
  await untilClosed(stage, [4]);

  narrator.chapter('7. Linus lets #6 go on. It lands, and then #5, which waited for it.');
  await people.writer.comment(6, '/unhold');
  await untilClosed(stage, [6, 5, tracker]);
}

async function protect({ github, repo, people, narrator }: Stage): Promise<void> {
  await people.admin.rest.repos.updateBranchProtection({
    ...repo,
    branch: 'main',
    required_status_checks: {
      strict: false,
      contexts: [],
      checks: [{ context: 'merge-order', app_id: github.info.app.id }, { context: 'ci' }],
    },
    enforce_admins: true,
    required_pull_request_reviews: null,
    restrictions: null,
  });
  narrator.say(people.admin.login, 'requires the checks merge-order (the bot’s gate) and ci on main');
}

/** Gives the number of the tracking issue. */
async function deploy(stage: Stage): Promise<number> {
  const { repo, people } = stage;
  const labels = ['deploy-subagent'];
  for (const issue of ISSUES)
    await people.admin.rest.issues.addLabels({ ...repo, issue_number: issue, labels });
  await quiet(stage);
  const { data } = await people.admin.rest.issues.listForRepo({ ...repo, labels: 'subagent:tracking' });
  const [tracker] = data;
  if (tracker === undefined) throw new Error('There is no tracking issue after the deployment.');
  return tracker.number;
}

/** A subagent is a process of its own; it has an account's token and the branch of its issue. */
async function work({ github, deadline }: Stage, issue: number): Promise<void> {
  const { git, tokens } = github.info;
  const address = git.replace('://', `://linus:${tokens.writer}@`);
  const date = github.now().toISOString();
  await run(process.execPath, [SUBAGENT, `${issue}`, address, join(github.folder, `issue-${issue}`)], {
    signal: deadline,
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  });
}

async function approveAll(stage: Stage): Promise<void> {
  const { rest } = stage.people.maintainer;
  for (const issue of ISSUES) {
    const pull_number = (await pullOf(stage, issue)).number;
    await rest.pulls.createReview({ ...stage.repo, pull_number, event: 'APPROVE' });
  }
  await quiet(stage);
}

async function mergeEarly(stage: Stage): Promise<Witnessed['refusal']> {
  const { maintainer } = stage.people;
  const pull_number = (await pullOf(stage, 5)).number;
  const refusal = await maintainer.rest.pulls.merge({ ...stage.repo, pull_number }).then(
    ({ status, data }) => ({ status, message: data.message }),
    (error: {
      readonly status: number;
      readonly response?: { readonly data: { readonly message: string } };
    }) => ({
      status: error.status,
      message: error.response?.data.message ?? '',
    }),
  );
  const answer = `${refusal.status} “${refusal.message}”`;
  stage.narrator.say(maintainer.login, `tries to merge #${pull_number}; GitHub answers ${answer}`);
  return refusal;
}

/** What the gate of an issue's pull request says now. */
async function readGate(stage: Stage, issue: number): Promise<string> {
  const { login, rest } = stage.people.maintainer;
  const { number, head } = await pullOf(stage, issue);
  const { data } = await rest.checks.listForRef({ ...stage.repo, ref: head.sha, check_name: 'merge-order' });
  const said = data.check_runs[0]?.output.title ?? 'nothing';
  stage.narrator.say(login, `looks at #${number}; its gate says “${said}”`);
  return said;
}

/** The pull request that the bot opened for an issue. */
export async function pullOf({ people, repo }: Stage, issue: number) {
  const head = `${repo.owner}:feature/issue-${issue}`;
  const { data } = await people.writer.rest.pulls.list({ ...repo, head, state: 'all' });
  const [pull] = data;
  if (pull === undefined) throw new Error(`Issue #${issue} has no pull request.`);
  return pull;
}

/** Waits until the bot and CI have nothing more to do. */
async function quiet(stage: Stage): Promise<void> {
  do {
    await stage.github.settle();
    stage.narrator.flush();
    stage.deadline.throwIfAborted();
  } while (await stage.ci.finish());
}

/** Waits until these issues are closed; where nothing is going on, GitHub's clock goes on. */
async function untilClosed(stage: Stage, issues: readonly number[]): Promise<void> {
  const { rest } = stage.people.writer;
  for (;;) {
    await quiet(stage);
    const { data } = await rest.issues.listForRepo({ ...stage.repo, state: 'open' });
    if (!data.some(({ number }) => issues.includes(number))) return;
    await stage.github.advance('PT15S');
  }
}
