/**
 * What a secret looks like wherever it stands in a line of JSON. GitHub's tokens begin with `gh` and a letter for
 * their kind; those of installations may hold a whole JWT, with dots and hyphens.
 * https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/about-authentication-to-github#githubs-token-formats
 */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*/g,
  // The same in base64, as it is often put into environment variables.
  /LS0tLS1CRUdJTi[A-Za-z0-9+/=]*/g,
  /\bgh[a-z]_[A-Za-z0-9_.-]+/g,
  /\bgithub_pat_[A-Za-z0-9_]+/g,
  /\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g,
  /\bsha(?:1|256)=[0-9a-f]{40,64}\b/g,
  /\b(?:bearer|token|basic) [A-Za-z0-9+/=_.-]{16,}/gi,
  /(?<=:\/\/)[^/@\s"]+@/g,
];

/** A text under a secret key. pino gives the bindings of child loggers to no formatter, so that this is their defence. */
const UNDER_SECRET_KEY =
  /"([^"\\]*(?:token|secret|passw|authorization|private.?key|cookie|credential|signature|jwt)[^"\\]*)":"(?:[^"\\]|\\.)*"/gi;

/** Shorter ones would blank out ordinary words. */
const SHORTEST_SECRET = 8;

/** Makes a function that blanks out everything in a line of JSON that looks like a secret, and these secrets themselves. */
export function createScrub(secrets: readonly string[]): (line: string) => string {
  const written = secrets
    .filter(({ length }) => length >= SHORTEST_SECRET)
    .map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    const known = written.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
    const byKey = known.replace(UNDER_SECRET_KEY, '"$1":"[secret]"');
    return PATTERNS.reduce((text, pattern) => text.replace(pattern, '[secret]'), byKey);
  };
}
