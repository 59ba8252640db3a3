import { notServed } from '../../domain/errors.js';
import { allPulls } from '../../domain/pulls/find.js';
import { accountOf } from '../../domain/refs/signatures.js';
import type { Commit as GitCommit, Signature } from '../../git/objects.js';
import { repositoryPage } from '../../present/urls.js';
import { isSince } from '../time.js';
import { type Fields, type Request, Typed, requireRead } from '../request.js';
import { rollupOf, statusOf, suitesOf } from './rollup.js';
import { type GitRow, objectFields } from './git.js';
import { type PullFilter, filterPulls } from './pull-list.js';

/** What is in a commit. */
async function read(commit: GitRow, request: Request): Promise<GitCommit> {
  const found = await request.view.git(commit.repositoryId).readCommit(commit.oid);
  if (found === undefined) throw new Error(`no commit ${commit.oid}`);
  return found;
}

function field(of: (commit: GitCommit) => unknown): Fields<GitRow>[string] {
  return async (commit, request) => of(await read(commit, request));
}

/** The headline is the first line; the body what follows the empty line after it. */
function headline(message: string): string {
  return message.split('\n', 1)[0] ?? '';
}

function body(message: string): string {
  return message.slice(headline(message).length).trim();
}

/** https://docs.github.com/en/pull-requests/committing-changes-to-your-project/creating-and-editing-commits */
function coAuthors(message: string, date: string): readonly Signature[] {
  const lines = message.matchAll(/^co-authored-by: (.+) <(.+)>$/gim);
  return [...lines].map(([, name = '', email = '']) => ({ name, email, date }));
}

interface HistoryArguments {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
  readonly author?: unknown;
}

async function changes(commit: GitRow, request: Request) {
  const { parents } = await read(commit, request);
  return request.view.git(commit.repositoryId).changedFiles(parents[0], commit.oid);
}

export const Commit: Fields<GitRow> = {
  ...objectFields('commit'),
  message: field(({ message }) => message.trimEnd()),
  messageHeadline: field(({ message }) => headline(message)),
  messageBody: field(({ message }) => body(message)),
  author: field(({ author }) => author),
  /** The author, then the co-authors that the message names. */
  authors: field(({ author, message }) => [author, ...coAuthors(message, author.date)]),
  committer: field(({ committer }) => committer),
  signature: ({ oid }, { view }) =>
    view.signedByGitHub.has(oid)
      ? new Typed('GpgSignature', { isValid: true, wasSignedByGitHub: true })
      : null,
  authoredDate: field(({ author }) => author.date),
  committedDate: field(({ committer }) => committer.date),
  parents: async (commit, request) =>
    (await read(commit, request)).parents.map((oid): GitRow => ({ ...commit, oid })),
  tree: async (commit, request): Promise<GitRow> => ({ ...commit, oid: (await read(commit, request)).tree }),
  url: ({ repositoryId, oid }, { view }) => `${repositoryPage(view, repositoryId)}/commit/${oid}`,
  changedFilesIfAvailable: async (commit, request) => (await changes(commit, request)).length,
  additions: async (commit, request) =>
    (await changes(commit, request)).reduce((sum, file) => sum + file.additions, 0),
  deletions: async (commit, request) =>
    (await changes(commit, request)).reduce((sum, file) => sum + file.deletions, 0),
  file: async ({ repositoryId, oid }, request, { path }: { path: string }) => {
    const entry = await request.view.git(repositoryId).entryAt(oid, path);
    return entry ? { ...entry, repositoryId } : null;
  },
  history: async ({ repositoryId, oid }, request, { path, since, until, author }: HistoryArguments) => {
    if (author) throw notServed('the argument author of Commit.history');
    const git = request.view.git(repositoryId);
    const commits = await git.listCommits({ from: oid, ...(path && { path }) });
    return commits
      .filter(
        ({ committer: { date } }) => (!since || isSince(date, since)) && (!until || isSince(until, date)),
      )
      .map((commit): GitRow => ({ repositoryId, oid: commit.oid }));
  },
  checkSuites: (commit, request, { filterBy }: { filterBy?: SuiteFilter | null }) =>
    suitesOf(request, commit).filter(
      (suite) =>
        (!filterBy?.appId || suite.appId === filterBy.appId) &&
        (!filterBy?.checkName ||
          Object.values(request.view.state.checkRuns).some(
            (run) => run.suiteId === suite.id && run.name === filterBy.checkName,
          )),
    ),
  statusCheckRollup: (commit, request) => rollupOf(request, commit),
  status: (commit, request) => statusOf(request, commit),
  associatedPullRequests: async (commit, request, { orderBy }: PullFilter) => {
    requireRead(request, commit.repositoryId, 'pull_requests');
    const git = request.view.git(commit.repositoryId);
    const pulls = allPulls(request.view, commit.repositoryId);
    const introduced = await Promise.all(
      pulls.map(
        async (pull) =>
          pull.merged?.commit === commit.oid ||
          ((await git.isAncestor(commit.oid, pull.headSha)) &&
            !(await git.isAncestor(commit.oid, pull.baseSha))),
      ),
    );
    return filterPulls(
      request,
      pulls.filter((_, index) => introduced[index]),
      { orderBy: orderBy ?? null },
    );
  },
};

interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}

export const GitActor: Fields<Signature> = {
  name: (signature) => signature.name,
  email: (signature) => signature.email,
  date: (signature) => signature.date,
  /** Null for an app's commits: its bot is no User. */
  user: (signature, { view }) => {
    const id = accountOf(view, signature.email);
    const account = id === undefined ? undefined : view.state.accounts[id];
    return account?.type === 'User' ? account : null;
  },
};

export const Comparison: Fields<{ readonly base: GitRow; readonly head: GitRow }> = {
  aheadBy: async (comparison, request) => (await divergence(comparison, request)).ahead,
  behindBy: async (comparison, request) => (await divergence(comparison, request)).behind,
  status: async (comparison, request) => {
    const { ahead, behind } = await divergence(comparison, request);
    if (ahead > 0) return behind > 0 ? 'DIVERGED' : 'AHEAD';
    return behind > 0 ? 'BEHIND' : 'IDENTICAL';
  },
  commits: async ({ base, head }, request) => {
    const git = request.view.git(base.repositoryId);
    const commits = await git.listCommits({ from: head.oid, exclude: base.oid });
    return commits.toReversed().map(({ oid }): GitRow => ({ ...head, oid }));
  },
};

function divergence({ base, head }: { base: GitRow; head: GitRow }, request: Request) {
  return request.view.git(base.repositoryId).countBetween(base.oid, head.oid);
}

/** GitHub signs what its own server commits; it does not sign for others. */
export const GpgSignature: Fields<{ readonly isValid: boolean; readonly wasSignedByGitHub: boolean }> = {
  isValid: (signature) => signature.isValid,
  wasSignedByGitHub: (signature) => signature.wasSignedByGitHub,
};
