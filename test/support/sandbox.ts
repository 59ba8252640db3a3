import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect } from '@jest/globals';

import { exampleSeed } from '../../src/cli/example.js';
import type * as local from '../../src/cli/local.js';
import { loadOnce } from './load-once.js';
import { createLogBook } from './log-book.js';

/** People by their roles, the app `ci`, and the bots that a seed of `smallSeed` may name. */
export type Who =
  | 'admin'
  | 'maintainer'
  | 'writer'
  | 'triager'
  | 'reader'
  | 'outsider'
  | 'ci'
  | 'helper'
  | 'stray'
  | 'nobody';

/** JSON of any form. */
export type Loose = ReturnType<JSON['parse']>;

export interface Asked {
  readonly status: number;
  readonly body: Loose;
}

export interface Requested {
  readonly n: number;
  readonly kind: 'read' | 'write' | 'auth';
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly mutations: readonly string[];
  readonly status: number;
  readonly effects: readonly number[];
}

const { startLocal } = await loadOnce<typeof local>('src/cli/local.ts');
const run = promisify(execFile);

const GIT_ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
};

const COMMIT =
  'mutation ($input: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $input) { commit { oid } } }';

/**
 * A local GitHub with the bot, for one scenario. It is used as people use GitHub: REST with a person's token, git,
 * comments. `stop` fails the scenario if the bot sent anything that GitHub's own description does not know.
 */
export async function startSandbox(options: { readonly seed?: string; readonly now?: string } = {}) {
  const log = createLogBook();
  const started = await startLocal({
    port: 0,
    seed: options.seed ?? exampleSeed(),
    now: options.now ?? '2026-01-05T10:00:00Z',
    log,
  });
  const { info } = started.github;
  const folder = await mkdtemp(join(tmpdir(), 'scenario-'));
  let clones = 0;

  function tokenOf(who: Who): string | undefined {
    if (who === 'nobody') return undefined;
    return who === 'helper' || who === 'stray' ? info.bots?.[who] : info.tokens[who];
  }

  async function ask(who: Who, method: string, path: string, body?: unknown): Promise<Asked> {
    const token = tokenOf(who);
    const response = await fetch(`${info.api}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
  }

  /** A request about the repository that has to work: the answer's body. */
  async function repo(who: Who, method: string, path: string, body?: unknown): Promise<Loose> {
    const answer = await ask(who, method, `/repos/${info.repository}${path}`, body);
    if (answer.status >= 400)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  /** What a person does on GitHub's page of a check run. */
  async function press(who: Who, path: string, body?: unknown): Promise<void> {
    const answer = await ask(who, 'POST', `/_sandbox/${path}`, body);
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** The address by which GitHub knows whose commit it is. */
  async function addressOf(who: Who): Promise<string> {
    if (['nobody', 'ci', 'helper', 'stray'].includes(who)) return `${who}@example.com`;
    const { id, login } = (await ask(who, 'GET', '/user')).body;
    return `${id}+${login}@users.noreply.github.com`;
  }

  async function git(cwd: string, ...args: string[]): Promise<string> {
    const { stdout } = await run('git', args, { cwd, env: GIT_ENVIRONMENT });
    return stdout.trim();
  }

  const sandbox = {
    info,
    log,
    ask,
    repo,
    git,
    graphql: async (who: Who, query: string, variables: object = {}): Promise<Loose> =>
      (await ask(who, 'POST', '/graphql', { query, variables })).body,
    /** Waits until the bot has done all that it has to do now. */
    async settle(): Promise<void> {
      const { status, body } = await ask('nobody', 'POST', '/_sandbox/settle');
      expect({ status, waiting: body.waiting_for }).toEqual({ status: 200, waiting: undefined });
    },
    /** Moves the clock, as `PT5M`, and settles. */
    async advance(by: string): Promise<void> {
      const { status, body } = await ask('nobody', 'POST', '/_sandbox/clock', { advance: by });
      expect({ status, waiting: body.waiting_for }).toEqual({ status: 200, waiting: undefined });
      await sandbox.settle();
    },
    /** Replaces the faults; `{}` ends them. */
    async faults(settings: object): Promise<void> {
      expect((await ask('nobody', 'POST', '/_sandbox/faults', settings)).status).toBe(200);
    },
    /** How often each of the faults of requests fired. */
    fired: async (): Promise<number[]> =>
      (await ask('nobody', 'GET', '/_sandbox/faults')).body.requests.map((fault: Loose) => fault.fired),
    requests: async (): Promise<Requested[]> => (await ask('nobody', 'GET', '/_sandbox/requests')).body,
    /** What the bot asked since the list was emptied, but for tokens. */
    asked: async (): Promise<Requested[]> =>
      (await sandbox.requests()).filter((request) => request.kind !== 'auth'),
    forgetRequests: () => ask('nobody', 'DELETE', '/_sandbox/requests'),
    label: (who: Who, number: number, name: string) =>
      repo(who, 'POST', `/issues/${number}/labels`, { labels: [name] }),
    unlabel: (who: Who, number: number, name: string) =>
      repo(who, 'DELETE', `/issues/${number}/labels/${encodeURIComponent(name)}`),
    comment: (who: Who, number: number, body: string) =>
      repo(who, 'POST', `/issues/${number}/comments`, { body }),
    /** What the comments say, without what is hidden at their ends. */
    comments: async (number: number): Promise<string[]> =>
      (await repo('admin', 'GET', `/issues/${number}/comments?per_page=100`)).map((comment: Loose) =>
        comment.body.replace(/\s*<!-- yardmaster:[^>]*-->\s*$/, ''),
      ),
    /** The reactions to a comment, as `login: content`. */
    reactions: async (comment: Loose): Promise<string[]> =>
      (await repo('admin', 'GET', `/issues/comments/${comment.id}/reactions`)).map(
        (reaction: Loose) => `${reaction.user.login}: ${reaction.content}`,
      ),
    openIssue: (who: Who, title: string, body: string, labels: readonly string[] = []): Promise<Loose> =>
      repo(who, 'POST', '/issues', { title, body, labels }),
    edit: (who: Who, number: number, changes: object) => repo(who, 'PATCH', `/issues/${number}`, changes),
    /** Transfers an issue to another repository; gives its number there. */
    async transfer(who: Who, number: number, to: string): Promise<{ readonly number: number }> {
      const issueId = (await repo(who, 'GET', `/issues/${number}`)).node_id;
      const repositoryId = (await ask(who, 'GET', `/repos/${to}`)).body.node_id;
      const mutation = `mutation ($input: TransferIssueInput!) { transferIssue(input: $input) { issue { number } } }`;
      const { data, errors } = await sandbox.graphql(who, mutation, { input: { issueId, repositoryId } });
      if (errors) throw new Error(`issue ${number} was not transferred: ${JSON.stringify(errors)}`);
      return data.transferIssue.issue;
    },
    /** Somebody deletes their account; nothing more is asked with their token. */
    async deleteAccount(who: Who): Promise<void> {
      await press(who, `accounts/${(await ask(who, 'GET', '/user')).body.id}/delete`);
    },
    /** Numbers of the issues that an issue waits for, by its native dependencies. */
    blockedBy: async (number: number): Promise<number[]> =>
      (await repo('admin', 'GET', `/issues/${number}/dependencies/blocked_by`)).map(
        (issue: Loose) => issue.number,
      ),
    /** The task file of an issue, as it is on its branch. */
    async task(issue: number): Promise<string> {
      const path = `/contents/.agents/subagent_issue_${issue}.md?ref=feature/issue-${issue}`;
      return Buffer.from((await repo('admin', 'GET', path)).content, 'base64').toString();
    },
    /** Labels the issues and lets the bot deploy them. */
    async deploy(...numbers: number[]): Promise<void> {
      for (const number of numbers) await sandbox.label('admin', number, 'deploy-subagent');
      await sandbox.settle();
    },
    issue: (number: number) => repo('admin', 'GET', `/issues/${number}`),
    labels: async (number: number): Promise<string[]> =>
      (await sandbox.issue(number)).labels.map((label: Loose) => label.name).sort(),
    pulls: (): Promise<Loose[]> => repo('admin', 'GET', '/pulls?state=all&per_page=100'),
    /** The newest pull request of an issue's branch; a fork's branch of the same name is none. */
    async pullOf(issue: number): Promise<Loose> {
      const label = `${info.repository.split('/')[0]}:feature/issue-${issue}`;
      return (await sandbox.pulls()).find((pull) => pull.head.label === label);
    },
    /** Forks the repository as a person would; gives the fork's name, as `olaf/market`. */
    fork: async (who: Who): Promise<string> => (await repo(who, 'POST', '/forks', {})).full_name,
    /** The newest run of the gate on a commit. */
    async gate(sha: string): Promise<Loose> {
      const path = `/commits/${sha}/check-runs?check_name=merge-order&filter=latest`;
      return (await repo('admin', 'GET', path)).check_runs[0];
    },
    gateOf: async (issue: number): Promise<Loose> => sandbox.gate((await sandbox.pullOf(issue)).head.sha),
    trackers: (): Promise<Loose[]> => repo('admin', 'GET', '/issues?labels=subagent:tracking&state=all'),
    tracker: async (): Promise<Loose> => (await sandbox.trackers())[0],
    branches: async (): Promise<string[]> =>
      (await repo('admin', 'GET', '/branches?per_page=100')).map((branch: Loose) => branch.name).sort(),
    /** Clones the repository, or the fork that is named, as a person would; gives the folder. */
    async clone(who: Who, branch: string, repository = info.repository): Promise<string> {
      const target = join(folder, `clone-${(clones += 1)}`);
      const token = tokenOf(who) ?? '';
      const address = info.git.replace(info.repository, repository).replace('://', `://x:${token}@`);
      await git(folder, 'clone', '-q', '-b', branch, address, target);
      await git(target, 'config', 'user.name', who);
      await git(target, 'config', 'user.email', await addressOf(who));
      return target;
    },
    /** A subagent works: commits files on the branch of an issue, as GitHub's web editor does. Gives the new head. */
    async work(issue: number, files: Readonly<Record<string, string>>, who: Who = 'writer'): Promise<string> {
      const branchName = `feature/issue-${issue}`;
      const { sha } = (await repo(who, 'GET', `/git/ref/heads/${branchName}`)).object;
      const { data, errors } = await sandbox.graphql(who, COMMIT, {
        input: {
          branch: { repositoryNameWithOwner: info.repository, branchName },
          expectedHeadOid: sha,
          message: { headline: `Work on issue ${issue}` },
          fileChanges: {
            additions: Object.entries(files).map(([path, text]) => ({
              path,
              contents: Buffer.from(text).toString('base64'),
            })),
          },
        },
      });
      if (errors) throw new Error(`${branchName} was not written: ${JSON.stringify(errors)}`);
      return data.createCommitOnBranch.commit.oid;
    },
    /** CI reports on a commit. */
    check: (sha: string, name: string, conclusion: string) =>
      repo('ci', 'POST', '/check-runs', { name, head_sha: sha, status: 'completed', conclusion }),
    /** Presses a button of a check run. */
    click: (who: Who, checkRunId: number, identifier: string) =>
      press(who, `check-runs/${checkRunId}/click`, { identifier }),
    /** Presses "Re-run" beside a check run. */
    rerun: (who: Who, checkRunId: number) => press(who, `check-runs/${checkRunId}/rerun`),
    /** Puts a pull request into the merge queue of its base. */
    async enqueue(who: Who, pullNumber: number): Promise<void> {
      const { node_id: id } = await repo(who, 'GET', `/pulls/${pullNumber}`);
      const mutation =
        'mutation ($id: ID!) { enqueuePullRequest(input: { pullRequestId: $id }) { clientMutationId } }';
      const { errors } = await sandbox.graphql(who, mutation, { id });
      if (errors) throw new Error(`pull request ${pullNumber} was not queued: ${JSON.stringify(errors)}`);
    },
    /** A new bot takes over; the old one is down for as long as `down` says, as `PT5M`. */
    restartBot: (down?: string): Promise<void> =>
      started.restartBot(async () => {
        if (down !== undefined) await ask('nobody', 'POST', '/_sandbox/clock', { advance: down });
      }),
    async stop(): Promise<void> {
      const violations = started.github.takeViolations();
      await started.stop();
      await rm(folder, { recursive: true, force: true });
      expect(violations).toEqual([]);
    },
  };
  return sandbox;
}

export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;
