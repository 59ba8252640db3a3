/** Faults of requests that cut writes off, for the local GitHub. */

const SERVER_ERROR = { status: 502 };
const ALWAYS = 1000;

/** To be set before each start of a process: every process gets no answer to its first write, and none of its further ones arrives. */
export const CRASH: readonly object[] = [
  // A new process does not know which labels there are, and finds out like this. Nothing has happened then.
  {
    match: { operation: 'issues/create-label' },
    when: 'before',
    answer: { status: 422, body: { message: 'Validation Failed: already exists' } },
    times: ALWAYS,
  },
  { match: { kind: 'write' }, when: 'after', answer: 'hangup' },
  { match: { kind: 'write' }, when: 'before', answer: 'hangup', skip: 1, times: ALWAYS },
];

/**
 * Every other request that fits one of `matches` is a server error without an effect, ten times each, and every write that
 * has an effect is a server error after it.
 */
export function eachFails(matches: readonly object[]): readonly object[] {
  const before = matches.flatMap((match) =>
    Array.from({ length: 10 }, (_, skip) => ({ match, when: 'before', answer: SERVER_ERROR, skip })),
  );
  return [...before, { match: { kind: 'write' }, when: 'after', answer: SERVER_ERROR, times: ALWAYS }];
}
