import { row } from '../../domain/context.js';
import { accountOf } from '../../domain/refs/signatures.js';
import type { Commit, Signature } from '../../git/objects.js';
import { ZERO_OID } from '../../git/oid.js';
import type { GitRepository } from '../../git/repository.js';
import { repositoryPage } from '../../present/urls.js';
import type { Json } from '../../rest/route.js';
import type { View } from '../../world.js';
import type { EventOf, Payload } from './event.js';

/** GitHub lists so many commits in a push. Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const COMMIT_LIMIT = 2048;

/** `push`: of a branch or tag, also when it is made or deleted. */
export async function pushPayload(event: EventOf<'push'>, view: View): Promise<Payload> {
  const { ref, before, after, forced, repositoryId } = event;
  const created = before === ZERO_OID;
  const deleted = after === ZERO_OID;
  const git = view.git(repositoryId);
  const page = repositoryPage(view, repositoryId);
  const head = deleted ? undefined : await git.readCommit(after);
  const commits = deleted ? [] : await pushedCommits(view, event, git);
  return {
    ref,
    before,
    after,
    created,
    deleted,
    forced,
    base_ref: null,
    compare:
      created || deleted
        ? `${page}/commit/${created ? after : before}`
        : `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: await Promise.all(commits.map((commit) => presentPushed(view, git, page, commit))),
    head_commit: head === undefined ? null : await presentPushed(view, git, page, head),
    pusher: { name: row(view.state.accounts, event.senderId).login, email: null },
  };
}

/** What the push brought, oldest first; a new branch brings what the default branch lacks. */
async function pushedCommits(
  view: View,
  { repositoryId, ref, before, after }: EventOf<'push'>,
  git: GitRepository,
): Promise<readonly Commit[]> {
  const repository = row(view.state.repositories, repositoryId);
  const base = `refs/heads/${repository.defaultBranch}`;
  const exclude = before !== ZERO_OID ? before : ref === base ? undefined : repository.refs[base];
  const query = { from: after, limit: COMMIT_LIMIT, ...(exclude !== undefined && { exclude }) };
  return (await git.listCommits(query)).toReversed();
}

async function presentPushed(view: View, git: GitRepository, page: string, commit: Commit): Promise<Json> {
  const files = await git.changedFiles(commit.parents[0], commit.oid);
  const paths = (...statuses: string[]) =>
    files.filter(({ status }) => statuses.includes(status)).map(({ path }) => path);
  const renamed = files.flatMap(({ previousPath }) => (previousPath === undefined ? [] : [previousPath]));
  return {
    id: commit.oid,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message.trimEnd(),
    timestamp: commit.committer.date,
    url: `${page}/commit/${commit.oid}`,
    author: presentSignature(view, commit.author),
    committer: presentSignature(view, commit.committer),
    added: paths('added', 'renamed'),
    removed: [...paths('removed'), ...renamed],
    modified: paths('modified'),
  };
}

function presentSignature(view: View, { name, email, date }: Signature): Json {
  const account = accountOf(view, email);
  const username = account === undefined ? undefined : view.state.accounts[account]?.login;
  return { name, email, date, ...(username !== undefined && { username }) };
}

/** `create` and `delete`, of a branch or tag. */
export function refPayload(event: EventOf<'create' | 'delete'>, view: View): Payload {
  const repository = row(view.state.repositories, event.repositoryId);
  const [, kind, ...name] = event.ref.split('/');
  return {
    ref: name.join('/'),
    ref_type: kind === 'tags' ? 'tag' : 'branch',
    ...(event.name === 'create' && {
      master_branch: repository.defaultBranch,
      description: repository.description,
    }),
    pusher_type: 'user',
  };
}
