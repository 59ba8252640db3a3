import { row } from '../../domain/context.js';
import { nodeId } from '../../present/node-id.js';
import { repositoryPage } from '../../present/urls.js';
import type { TreeEntry as GitEntry } from '../../git/objects.js';
import type { Id } from '../../state/model.js';
import { type Fields, type Request, Typed, repositoryOf } from '../request.js';

/** An object of a repository's git: a commit, a tree or a blob. */
export interface GitRow {
  readonly repositoryId: Id;
  readonly oid: string;
}

const TYPES = { commit: 'Commit', tree: 'Tree', blob: 'Blob', tag: 'Tag' } as const;
const NODES = { commit: 'Commit', tree: 'Tree', blob: 'Blob' } as const;

/** An object as a value of `GitObject`, or null if there is no such object. */
export async function gitObject(request: Request, { repositoryId, oid }: GitRow): Promise<Typed | null> {
  const type = await request.view.git(repositoryId).objectType(oid);
  return type === undefined ? null : new Typed(TYPES[type], { repositoryId, oid });
}

/** What every git object has. */
export function objectFields(type: keyof typeof NODES): Fields<GitRow> {
  return {
    id: ({ repositoryId, oid }) => nodeId(NODES[type], `${repositoryId}:${oid}`),
    oid: ({ oid }) => oid,
    abbreviatedOid: ({ oid }) => oid.slice(0, 7),
    repository: ({ repositoryId }, request) => repositoryOf(request, repositoryId),
    commitUrl: ({ repositoryId, oid }, { view }) => `${repositoryPage(view, repositoryId)}/commit/${oid}`,
  };
}

/** Larger files come without the rest of their text. */
const LARGEST_TEXT = 512_000;

async function blob(object: GitRow, request: Request): Promise<Buffer> {
  return (await request.view.git(object.repositoryId).readBlob(object.oid)) ?? Buffer.alloc(0);
}

/** Git's own measure: a NUL among the first bytes. */
function isBinary(content: Buffer): boolean {
  return content.subarray(0, 8000).includes(0);
}

export const Blob: Fields<GitRow> = {
  ...objectFields('blob'),
  byteSize: async (object, request) => (await blob(object, request)).length,
  isBinary: async (object, request) => isBinary(await blob(object, request)),
  isTruncated: async (object, request) => (await blob(object, request)).length > LARGEST_TEXT,
  text: async (object, request) => {
    const content = await blob(object, request);
    return isBinary(content) ? null : content.subarray(0, LARGEST_TEXT).toString();
  },
};

interface EntryRow extends GitEntry {
  readonly repositoryId: Id;
}

export const Tree: Fields<GitRow> = {
  ...objectFields('tree'),
  entries: async ({ repositoryId, oid }, request) => {
    const entries = (await request.view.git(repositoryId).listTree(oid, '')) ?? [];
    return entries.map((entry): EntryRow => ({ ...entry, repositoryId }));
  },
};

export const TreeEntry: Fields<EntryRow> = {
  name: (entry) => entry.path.slice(entry.path.lastIndexOf('/') + 1),
  path: (entry) => entry.path,
  mode: (entry) => Number.parseInt(entry.mode, 8),
  type: (entry) => entry.type,
  oid: (entry) => entry.oid,
  size: (entry) => entry.size ?? 0,
  object: (entry, request) => gitObject(request, entry),
  repository: (entry, request) => row(request.view.state.repositories, entry.repositoryId),
};
