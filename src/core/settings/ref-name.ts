/** What a branch name, and a path in the repository, may be. Each check answers with the rule that is broken. */

/** GitHub refuses refs over 255 bytes ("GH005"), and `refs/heads/` is part of one. */
const MAX_BRANCH_BYTES = 244;
const MAX_PATH_BYTES = 200;

type Rule = readonly [broken: RegExp, rule: string];

const BRANCH_RULES: readonly Rule[] = [
  [/^$/, 'must not be empty'],
  [/^refs\//i, 'must not begin with `refs/`'],
  [/^[0-9a-f]{40}$/i, 'must not look like a commit (40 hexadecimal digits)'],
  [/^(?:@|HEAD)$/i, 'must not be `@` or `HEAD`'],
  [/^-/, 'must not begin with `-`'],
  [/^\/|\/$|\/\//, 'must not begin or end with `/`, or have two in a row'],
  [/(?:^|\/)\./, 'must not have a part that begins with `.`'],
  [/\.lock(?:\/|$)/i, 'must not have a part that ends with `.lock`'],
  [/\.\./, 'must not have two dots in a row'],
  [/\.$/, 'must not end with `.`'],
  [/@\{/, 'must not have `@{` in it'],
  // eslint-disable-next-line no-control-regex -- controls are what it looks for
  [/[\u0000-\u0020\u007f~^:?*[\\]/, 'must not have white space or any of `~ ^ : ? * [ \\` in it'],
  [/[\p{Default_Ignorable_Code_Point}\p{Surrogate}\s]/u, 'must not have invisible characters in it'],
];

/**
 * The rule of git or GitHub that the branch name breaks, as words that follow the name; `undefined` if none.
 * Sources: `git help check-ref-format`; docs.github.com, "Dealing with special characters in branch and tag names".
 */
export function branchProblem(name: string): string | undefined {
  return firstBroken(BRANCH_RULES, name) ?? tooLong(name, MAX_BRANCH_BYTES);
}

const PATH_RULES: readonly Rule[] = [
  [/^$/, 'must not be empty'],
  [/^\/|^[a-z]:|^~/i, 'must be relative to the root of the repository'],
  [/\\/, 'must use `/` between folders'],
  [/\/\/|\/$/, 'must not end with `/`, or have two in a row'],
  [/(?:^|\/)\.\.?(?:\/|$)/, 'must not have `.` or `..` as a part'],
  // Some file systems take `.GIT`, `.git.` and `git~1` for `.git`.
  [/(?:^|\/)(?:\.git|git~\d+)[. ]*(?:\/|$)/i, 'must not be in `.git/`'],
  [/(?:^|\/)-/, 'must not have a part that begins with `-`'],
  [/[. ](?:\/|$)|(?:^|\/) /, 'must not have a part that begins with a space, or ends with one or with a dot'],
  // eslint-disable-next-line no-control-regex -- controls are what it looks for
  [/[\u0000-\u001f\u007f<>:"|?*]/, 'must not have control characters or any of `< > : " | ? *` in it'],
  [
    /[\p{Default_Ignorable_Code_Point}\p{Surrogate}\u0085\u2028\u2029]/u,
    'must not have invisible characters in it',
  ],
];

/** The rule that a path of a file or folder in a repository breaks; `undefined` if none. */
export function pathProblem(path: string): string | undefined {
  return firstBroken(PATH_RULES, path) ?? tooLong(path, MAX_PATH_BYTES);
}

/** As `pathProblem`, for a file that the app writes: it must not change what GitHub itself reads. */
export function writtenPathProblem(path: string): string | undefined {
  if (/^\.github[. ]*(?:\/|$)/i.test(path)) return 'must not be in `.github/`';
  return pathProblem(path);
}

function firstBroken(rules: readonly Rule[], text: string): string | undefined {
  return rules.find(([broken]) => broken.test(text))?.[1];
}

function tooLong(text: string, max: number): string | undefined {
  return byteLength(text) > max ? `must not be longer than ${max} bytes` : undefined;
}

/** The length in UTF-8. */
export function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
