/** Patterns for paths, as the settings hold them. */
import { Minimatch } from 'minimatch';

/**
 * The platform is given so that nothing depends on where this runs. Braces and groups are off, as the settings refuse
 * them; a name that begins with a dot is a name like any other.
 */
const OPTIONS = {
  platform: 'linux',
  dot: true,
  nobrace: true,
  noext: true,
  nonegate: true,
  nocomment: true,
} as const;

/** Longest name that the file systems hold on which git works; a longer one matches nothing, so that none takes long. */
const MAX_NAME = 255;

/**
 * Tells whether a path of a repository matches one of the patterns as a whole: `*` and `?` stay between two slashes,
 * `**` stands for any folders. Case counts.
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const matchers = patterns.map((pattern) => new Minimatch(pattern, OPTIONS));
  return (path) =>
    path.split('/').every((name) => name.length <= MAX_NAME) &&
    matchers.some((matcher) => matcher.match(path));
}
