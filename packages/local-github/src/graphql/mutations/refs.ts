import { type Context, findRepository, present, row } from '../../domain/context.js';
import { notFound, unprocessable } from '../../domain/errors.js';
import { commitFiles } from '../../domain/refs/commits.js';
import { branchOf, branchRef } from '../../domain/refs/names.js';
import { createRef, deleteRef, updateRef, updateRefs } from '../../domain/refs/operations.js';
import type { Id, Repository } from '../../state/model.js';
import type { Mutation } from '../mutation.js';
import { type RefRow, refNamed } from '../types/refs.js';
import { given, refNamedBy, repositoryNamed } from './target.js';

const CONTENTS = [{ contents: 'write' }] as const;

function refNow(context: Context, repositoryId: Id, name: string): RefRow | null {
  return refNamed(row(present(context).state.repositories, repositoryId), name);
}

interface RefUpdateInput {
  readonly name: string;
  readonly beforeOid?: string | null;
  readonly afterOid: string;
  readonly force?: boolean | null;
}

interface CommitInput {
  readonly branch: {
    readonly id?: string | null;
    readonly repositoryNameWithOwner?: string | null;
    readonly branchName?: string | null;
  };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string | null };
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[] | null;
    readonly deletions?: readonly { readonly path: string }[] | null;
  } | null;
}

/** The branch that a commit is made on, named by the id of its ref or by the repository's name and its own. */
function committable(context: Context, { branch }: CommitInput): { repository: Repository; name: string } {
  if (branch.id) {
    const ref = refNamedBy(context, branch.id);
    const name = branchOf(ref.name);
    if (name === undefined) throw unprocessable('Ref is not a branch.');
    return { repository: row(present(context).state.repositories, ref.repositoryId), name };
  }
  const { repositoryNameWithOwner, branchName } = branch;
  if (!repositoryNameWithOwner || !branchName) {
    throw unprocessable(
      'Must specify either branch.id or branch.repositoryNameWithOwner and branch.branchName.',
    );
  }
  const [owner = '', name = ''] = repositoryNameWithOwner.split('/', 2);
  try {
    return { repository: findRepository(context, present(context), owner, name), name: branchName };
  } catch {
    throw notFound(`Could not resolve to a Repository with the name '${repositoryNameWithOwner}'.`);
  }
}

export const refMutations: Readonly<Record<string, Mutation>> = {
  createRef: {
    access: CONTENTS,
    async run(context, input: { repositoryId: string; name: string; oid: string }) {
      const repository = repositoryNamed(context, input.repositoryId);
      await createRef(context, repository, { ref: input.name, sha: input.oid });
      return { ref: refNow(context, repository.id, input.name) };
    },
  },
  updateRef: {
    access: CONTENTS,
    async run(context, input: { refId: string; oid: string; force?: boolean | null }) {
      const { repositoryId, name } = refNamedBy(context, input.refId);
      const repository = row(present(context).state.repositories, repositoryId);
      await updateRef(context, repository, { ref: name, sha: input.oid, force: input.force ?? false });
      return { ref: refNow(context, repositoryId, name) };
    },
  },
  updateRefs: {
    access: CONTENTS,
    async run(context, input: { repositoryId: string; refUpdates: readonly RefUpdateInput[] }) {
      const updates = input.refUpdates.map((update) => ({
        name: update.name,
        before: given(update.beforeOid),
        after: update.afterOid,
        force: update.force ?? false,
      }));
      await updateRefs(context, repositoryNamed(context, input.repositoryId), updates);
      return {};
    },
  },
  deleteRef: {
    access: CONTENTS,
    async run(context, { refId }: { refId: string }) {
      const { repositoryId, name } = refNamedBy(context, refId);
      await deleteRef(context, row(present(context).state.repositories, repositoryId), { ref: name });
      return {};
    },
  },
  createCommitOnBranch: {
    access: CONTENTS,
    async run(context, input: CommitInput) {
      const { repository, name } = committable(context, input);
      const { fileChanges, message, expectedHeadOid } = input;
      const { oid } = await commitFiles(context, repository, {
        branch: name,
        expectedHead: expectedHeadOid,
        headline: message.headline,
        body: message.body ?? '',
        additions: (fileChanges?.additions ?? []).map(({ path, contents }) => ({
          path,
          content: Buffer.from(contents, 'base64'),
        })),
        deletions: (fileChanges?.deletions ?? []).map(({ path }) => path),
      });
      return {
        commit: { repositoryId: repository.id, oid },
        ref: refNow(context, repository.id, branchRef(name)),
      };
    },
  },
};
