import { type Branch, type Commit, type Readable, read, unreadable } from '../../core/model/index.js';
import { issueOfBranch } from '../../core/names/members.js';
import { numbered } from '../queries/aliases.js';
import { branchesDocument } from '../queries/lookups.js';
import { CHANGED, type Connection, ask, whole } from './answer.js';
import { type RawCommit, commitsOf } from './commits.js';
import type { Core, CoreInput } from './core.js';
import type { CoreRef } from './lists.js';
import { type Keyed, remembered } from './memory.js';
import { inBatches } from './pages.js';
import { settingsVariables } from './parameters.js';

/**
 * The branches with the name of an issue's branch. What one holds beyond the base is read where its issue is open and
 * labelled and no open pull request tells it.
 */
export async function completeBranches(
  input: CoreInput,
  core: Core,
): Promise<Readable<Readonly<Record<string, Branch>>>> {
  const { refs, open, pulls, base } = core;
  if (refs.kind === 'unreadable') return refs;
  const { memory, parameters } = input;
  const numberOf = ({ name }: CoreRef) => issueOfBranch(parameters.settings.branch, name);
  const named = refs.value.filter((ref) => numberOf(ref) !== undefined);
  const labelled = new Set(open.kind === 'read' ? open.value.map(({ issue }) => issue.number) : []);
  const pulled = new Set(
    pulls.kind === 'read'
      ? pulls.value.flatMap(({ pull }) => (pull.head.sameRepository ? [pull.head.branch] : []))
      : [],
  );
  const asked = named
    .filter((ref) => labelled.has(numberOf(ref) ?? 0) && !pulled.has(ref.name))
    .map((ref) => ({ id: ref.name, key: `${ref.sha} ${base.kind === 'read' ? base.value.sha : ''}`, ref }));
  const commits = await remembered(memory.branches, asked, 0, (items) => readBeyond(input, core, items));
  return read(
    Object.fromEntries(
      named.map((ref) => [ref.name, { sha: ref.sha, beyondBase: commits.get(ref.name) ?? null }]),
    ),
  );
}

interface RawBranches {
  readonly repository:
    | ({
        readonly base:
          | ({ readonly target: { readonly oid: string } | null } & Readonly<
              Record<`a${number}`, { readonly commits: Connection<RawCommit> } | null>
            >)
          | null;
      } & Readonly<Record<`b${number}`, { readonly target: { readonly oid: string } | null } | null>>)
    | null;
}

async function readBeyond(
  { transport, place, parameters }: CoreInput,
  { base, me }: Core,
  items: readonly (Keyed & { readonly ref: CoreRef })[],
): Promise<ReadonlyMap<string, Readable<readonly Commit[]>>> {
  if (base.kind === 'unreadable') return new Map(items.map(({ id }) => [id, base]));
  const { sha } = base.value;
  type Entry = readonly [string, Readable<readonly Commit[]>];
  const entries = await inBatches<Keyed & { readonly ref: CoreRef }, Entry>(
    items,
    async (batch) => {
      const { data, faults } = await ask<RawBranches>(transport, branchesDocument(batch.length), {
        ...place,
        base: settingsVariables(parameters).base,
        ...numbered(
          'head',
          batch.map(({ ref }) => ref.name),
        ),
        ...numbered(
          'ref',
          batch.map(({ ref }) => `refs/heads/${ref.name}`),
        ),
      });
      const repository = data.repository;
      return batch.map(({ id, ref }, index): Entry => {
        const fault =
          faults.take(['repository', 'base', `a${index}`]) ?? faults.take(['repository', `b${index}`]);
        const same =
          repository?.base?.target?.oid === sha && repository[`b${index}`]?.target?.oid === ref.sha;
        if (fault === null && !same) return [id, unreadable(CHANGED)];
        const compared = repository?.base?.[`a${index}`];
        return [id, commitsOf(whole(compared?.commits, fault), me)];
      });
    },
    ({ id }, why) => [id, unreadable(why)],
  );
  return new Map(entries);
}
