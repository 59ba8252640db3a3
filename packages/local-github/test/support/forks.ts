import { forkRepository } from '../../src/domain/forks/create.js';
import { openPull } from '../../src/domain/pulls/open.js';
import { commitFiles } from '../../src/domain/refs/commits.js';
import { createRef, updateRef } from '../../src/domain/refs/operations.js';
import type { TestRepository } from './branches.js';
import type { Person } from './world.js';

/** A tag on the first commit. */
export function createTag({ as, repository, first }: TestRepository, name: string): Promise<void> {
  return createRef(as('linus'), repository(), { ref: `refs/tags/${name}`, sha: first });
}

/** A person's fork of the market, and short words for what its owner does there. */
export async function forkOf(market: TestRepository, who: Person) {
  const { as, world } = market;
  const { id } = await forkRepository(as(who), market.repository(), {});
  const at = () => world.store.state.repositories[id]!;
  const head = (branch: string) => at().refs[`refs/heads/${branch}`];

  async function commit(branch: string, files: Readonly<Record<string, string>>): Promise<string> {
    const { oid } = await commitFiles(as(who), at(), {
      branch,
      expectedHead: head(branch)!,
      headline: `Change ${Object.keys(files).join(', ')}`,
      body: '',
      additions: Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
      deletions: [],
    });
    return oid;
  }

  return {
    /** The newest row. */
    at,
    head,
    commit,
    branch: (name: string, sha = head('main')!) =>
      createRef(as(who), at(), { ref: `refs/heads/${name}`, sha }),
    force: (name: string, sha: string) =>
      updateRef(as(who), at(), { ref: `refs/heads/${name}`, sha, force: true }),
    /** A branch with one commit, and its open pull request to the market. */
    async pull(name: string, files: Readonly<Record<string, string>>, maintainerCanModify?: boolean) {
      await createRef(as(who), at(), { ref: `refs/heads/${name}`, sha: head('main')! });
      await commit(name, files);
      const login = market.people[who].login;
      return openPull(as(who), market.repository(), {
        head: `${login}:${name}`,
        base: 'main',
        title: `Add ${name}`,
        maintainerCanModify,
      });
    },
  };
}
