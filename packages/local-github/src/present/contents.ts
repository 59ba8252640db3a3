import type { TreeEntry } from '../git/objects.js';
import type { Json } from '../rest/route.js';
import type { Id } from '../state/model.js';
import type { View } from '../world.js';
import { pathInUrl, repositoryPage, repositoryUrl } from './urls.js';

const SYMLINK_MODE = '120000';
const TYPES = { blob: 'file', tree: 'dir', commit: 'submodule' } as const;

/** One entry of a directory, and the part that a file adds its bytes to; `ref` is what was asked for. */
export function presentEntry(
  view: View,
  repositoryId: Id,
  ref: string,
  entry: TreeEntry,
): { readonly [key: string]: Json } {
  const api = repositoryUrl(view, repositoryId);
  const page = repositoryPage(view, repositoryId);
  const path = pathInUrl(entry.path);
  const type = entry.mode === SYMLINK_MODE ? 'symlink' : TYPES[entry.type];
  const self = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const git = `${api}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.oid}`;
  const html = `${page}/${entry.type === 'tree' ? 'tree' : 'blob'}/${pathInUrl(ref)}/${path}`;
  return {
    type,
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.oid,
    size: entry.size ?? 0,
    url: self,
    git_url: git,
    html_url: html,
    download_url: entry.type === 'blob' ? `${page}/raw/${pathInUrl(ref)}/${path}` : null,
    _links: { self, git, html },
  };
}

/** GitHub's `content-file`: the bytes as base64, in lines of 60 characters. */
export function presentContentFile(
  view: View,
  repositoryId: Id,
  ref: string,
  entry: TreeEntry,
  content: Buffer,
): Json {
  const lines = content.toString('base64').replaceAll(/.{60}/g, '$&\n');
  return {
    ...presentEntry(view, repositoryId, ref, entry),
    type: 'file',
    encoding: 'base64',
    content: lines === '' || lines.endsWith('\n') ? lines : `${lines}\n`,
  };
}
