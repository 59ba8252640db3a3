import { commitFiles } from '../../src/domain/refs/commits.js';
import { createRef } from '../../src/domain/refs/operations.js';
import { seedCommit } from '../../src/domain/refs/seed.js';
import { openPull } from '../../src/domain/pulls/open.js';
import { createIssue } from '../../src/domain/issues/create.js';
import { addMergeQueue } from '../../src/domain/merge-queue/add.js';
import type { BranchRule, Protection, QueueSettings, Ruleset } from '../../src/state/model.js';
import type { Permissions } from '../../src/state/model.js';
import { type Person, START, createTestWorld } from './world.js';

const RULES: Protection = {
  requiredChecks: [],
  strict: false,
  approvals: null,
  dismissStale: false,
  lastPush: false,
  linear: false,
  signatures: false,
  enforceAdmins: false,
};

/** {@link createTestWorld} whose `main` has one commit with a.txt and b.txt, and short words for what people do. */
export async function createTestRepository(options: { permissions?: Permissions } = {}) {
  const world = await createTestWorld(options);
  const { as, repository } = world;
  const first = await seedCommit(world.world, repository(), {
    branch: 'main',
    message: 'Begin',
    files: { 'a.txt': 'a\n', 'b.txt': 'b\n' },
    author: { name: 'Ada', email: 'ada@example.com', date: new Date(START).toISOString() },
  });
  const git = world.world.git(repository().id);
  const head = (branch: string) => repository().refs[`refs/heads/${branch}`];

  async function branch(name: string, at = first) {
    await createRef(as('linus'), repository(), { ref: `refs/heads/${name}`, sha: at });
  }

  async function commit(
    name: string,
    files: Readonly<Record<string, string>>,
    more: { who?: Person | 'app'; headline?: string; body?: string } = {},
  ) {
    const { oid } = await commitFiles(as(more.who ?? 'linus'), repository(), {
      branch: name,
      expectedHead: head(name)!,
      headline: more.headline ?? `Change ${Object.keys(files).join(', ')}`,
      body: more.body ?? '',
      additions: Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
      deletions: [],
    });
    return oid;
  }

  /** A branch of `from` with one commit, and its open pull request. */
  async function pull(
    name: string,
    files: Readonly<Record<string, string>>,
    more: { base?: string; title?: string; body?: string; draft?: boolean; who?: Person | 'app' } = {},
  ) {
    await branch(name, head(more.base ?? 'main'));
    await commit(name, files);
    return openPull(as(more.who ?? 'linus'), repository(), {
      head: name,
      base: more.base ?? 'main',
      title: more.title ?? `Add ${name}`,
      body: more.body,
      draft: more.draft,
    });
  }

  return {
    ...world,
    git,
    first,
    head,
    branch,
    commit,
    pull,
    issue: (title: string) => createIssue(as('tove'), repository(), { title }),
    protect(branchName: string, rules: Partial<Protection>) {
      world.world.store.seed(({ state }) => {
        state.repositories[repository().id]!.protection[branchName] = structuredClone({
          ...RULES,
          ...rules,
        }) as never;
      });
    },
    /** Gives the default branch, or those of `more`, a ruleset of these rules. */
    rule(rules: readonly BranchRule[], more: Partial<Ruleset> = {}) {
      world.world.store.seed(({ state, newId }) => {
        const id = newId();
        const now = new Date(START).toISOString();
        state.rulesets[id] = structuredClone({
          id,
          repositoryId: repository().id,
          name: `rules ${id}`,
          active: true,
          include: ['~DEFAULT_BRANCH'],
          exclude: [],
          bypass: [],
          rules,
          createdAt: now,
          updatedAt: now,
          ...more,
        }) as never;
      });
    },
    /** Gives `main` a merge queue. */
    queue: (settings: Partial<QueueSettings> = {}) =>
      addMergeQueue(world.world, { repositoryId: repository().id, branch: 'main', ...settings }),
    configure(change: { deleteBranchOnMerge?: boolean; drafts?: boolean; mergeMethods?: string[] }) {
      world.world.store.seed(({ state }) => {
        Object.assign(state.repositories[repository().id]!, change);
      });
    },
    pullRow: (id: number) => world.world.store.state.pulls[id]!,
    issueRow: (id: number) => world.world.store.state.issues[id]!,
    /** The kinds in the timeline of an issue or pull request. */
    timeline: (issueId: number) =>
      world.world.store.state.issues[issueId]!.eventIds.map(
        (id) => world.world.store.state.timeline[id]!.what.kind,
      ),
    /** `name.action` of every event since the last call. */
    news: () =>
      world.events
        .splice(0)
        .map((event) => ('action' in event ? `${event.name}.${event.action}` : event.name)),
  };
}

export type TestRepository = Awaited<ReturnType<typeof createTestRepository>>;
