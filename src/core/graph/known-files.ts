/** Files that tools write, known by their paths alone. Two branches that change one need no agreement: it is made anew. */

/** Lock files of package managers: the names that GitHub's Linguist calls generated, with those of the same kind. */
const LOCK_FILES: ReadonlySet<string> = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
  'Cargo.lock',
  'go.sum',
  'poetry.lock',
  'uv.lock',
  'pdm.lock',
  'Pipfile.lock',
  'Gemfile.lock',
  'composer.lock',
  'mix.lock',
  'pubspec.lock',
  'Podfile.lock',
  'packages.lock.json',
  'gradle.lockfile',
  'flake.lock',
  '.terraform.lock.hcl',
]);

/**
 * Minified files, source maps, and the folder of GraphQL's compilers. Few, because a wrong one would let two changes of
 * written code land side by side: `dist/` is written by hand in some repositories, and a snapshot of a test holds what
 * people expect.
 */
const GENERATED = /(?:\.min\.(?:js|css)|\.(?:js|css)\.map)$|(?:^|\/)__generated__\//;

/** What a tool has written, by its path; null for everything else. */
export function writtenByTool(path: string): 'lock file' | 'generated' | null {
  if (LOCK_FILES.has(path.slice(path.lastIndexOf('/') + 1))) return 'lock file';
  return GENERATED.test(path) ? 'generated' : null;
}
