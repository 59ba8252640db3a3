/**
 * Everything that is said to people about their commands. Each answer begins with the login that it is for, so no
 * line of it begins with a slash; words of people and of GitHub are escaped.
 */
import { referenceText } from '../facts/references.js';
import type { IssueRef } from '../facts/references.js';
import type { Role } from '../model/index.js';
import { shortSha } from '../names/members.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import { roleFor } from './meaning.js';
import type { ParsedComment } from './parse.js';
import { problemText } from './problem-text.js';
import type { ProblemContext } from './problem-text.js';
import type { Verb } from './registry.js';

const MAX_SENTENCE = 500;
const MAX_NAME = 100;
const NOTHING_RUN = 'Nothing was run.';

/** The one reply to a comment with problems; it lists all of them with their lines if there are several. */
export function answerProblems(login: string, comment: ParsedComment, context: ProblemContext): string {
  const [first, ...others] = comment.problems;
  if (first === undefined) return to(login, NOTHING_RUN);
  const text = problemText(first, context);
  if (others.length > 0) {
    const list = comment.problems.map(
      (problem) => `- line ${problem.line}: ${problemText(problem, context)}`,
    );
    return [to(login, `I found ${comment.problems.length} problems. ${NOTHING_RUN}`), '', ...list].join('\n');
  }
  const isExplained =
    first.kind === 'unknown-verb' || first.kind === 'missing-verb' || first.kind === 'wrong-place';
  return to(login, isExplained && comment.commands.length === 0 ? text : `${text} ${NOTHING_RUN}`);
}

/** For people with triage or more; below that the app only reacts. */
export function answerRoleTooLow(login: string, verb: Verb, has: Role): string {
  return to(login, `${codeSpan(verb)} needs the *${roleFor(verb)}* role; you have *${has}*.`);
}

/** For a comment that somebody other than its author has edited. */
export function answerEdited(login: string): string {
  return to(
    login,
    'somebody else has edited this comment, so I did not run it. Write it again as a new comment.',
  );
}

/** For a comment that its author has edited, with a command of which the comment itself is the record. */
export function answerEditedRecord(login: string, verb: Verb): string {
  const why = `this comment is what records it, and only as it was first written`;
  return to(
    login,
    `${codeSpan(verb)} needs a comment that nobody has edited: ${why}. ${NOTHING_RUN} Write it again as a new comment.`,
  );
}

/** For a pull request that cannot take the place of an issue's own; `because` is a clause without a full stop. */
export function answerCannotAdopt(login: string, on: IssueRef, pull: IssueRef, because: string): string {
  return to(login, `${referenceText(on)} cannot adopt ${referenceText(pull)}: ${clause(because)}.`);
}

/**
 * For an edge that would close a cycle. `path` is the way that is there already: from the issue that `dependent` was
 * to wait for, to `dependent` itself.
 */
export function answerCycle(login: string, path: readonly IssueRef[]): string {
  const names = path.map(referenceText);
  const [first = '', last = first] = [names[0], names.at(-1)];
  if (first === last) return to(login, `${first} cannot wait for itself.`);
  return to(
    login,
    `${first} already waits for ${last} (${names.join(' → ')}), so ${last} cannot wait for ${first}.`,
  );
}

/** For a dependency that cannot be; `because` is a clause without a full stop. */
export function answerCannotWait(login: string, on: IssueRef, ref: IssueRef, because: string): string {
  return to(login, `${referenceText(on)} cannot wait for ${referenceText(ref)}: ${clause(because)}.`);
}

/** For dependencies that are to be taken away and are not there; `others`: the command names some that are. */
export function answerNotWaiting(
  login: string,
  on: IssueRef,
  refs: readonly IssueRef[],
  others: boolean,
): string {
  const text = `${referenceText(on)} does not wait for ${listed(refs, 'or')}.`;
  return to(login, others ? `${text} ${NOTHING_RUN}` : text);
}

/** For a dependency of the recorded text that nothing on GitHub could take back. */
export function answerLineHolds(
  login: string,
  on: IssueRef,
  ref: IssueRef,
  because: string,
  prefix: string,
): string {
  const says = `the recorded text of ${referenceText(on)} says that it waits for ${referenceText(ref)}`;
  const way = `Take that line out of the issue and record its text again: ${commandSpan(prefix, 'redeploy')}.`;
  return to(login, `${says}, and I cannot take that back: ${clause(because)}. ${way}`);
}

/** For what a command rests on and could not be read; `what` is the app's own phrase. */
export function answerUnread(login: string, what: string, why: string): string {
  return to(login, `I could not read ${what} (${clause(why)}), so I did nothing. Try again in a minute.`);
}

/** For an issue that cannot share code; `because` is a clause without a full stop. */
export function answerCannotShare(login: string, on: IssueRef, name: string, because: string): string {
  return to(login, `${referenceText(on)} cannot share ${codeSpan(name, MAX_NAME)}: ${clause(because)}.`);
}

/** For code that issues are to share no longer and do not share; `others`: the command names some that do. */
export function answerNotSharing(
  login: string,
  on: readonly IssueRef[],
  name: string,
  others: boolean,
): string {
  const does = on.length === 1 ? 'does' : 'do';
  const text = `${listed(on, 'and')} ${does} not share ${codeSpan(name, MAX_NAME)}.`;
  return to(login, others ? `${text} ${NOTHING_RUN}` : text);
}

/** For a command about an issue that is not deployed. */
export function answerNotMember(login: string, on: IssueRef): string {
  return to(login, `${referenceText(on)} is not part of the deployment. ${NOTHING_RUN}`);
}

/** Verbs that name what they set. */
const IS_NOUN: ReadonlySet<Verb> = new Set<Verb>(['effort', 'risk', 'priority']);

/** For a command that makes no sense at the moment; `because` is a clause of the app's own, without a full stop. */
export function answerNotNow(login: string, verb: Verb, on: IssueRef, because: string): string {
  const name = referenceText(on);
  if (verb === 'override') return to(login, `I did not override the order of ${name}: ${because}.`);
  return to(login, `nothing to ${IS_NOUN.has(verb) ? 'change' : verb} on ${name}: ${because}.`);
}

/** For a text that somebody without write has just changed; `by` is null where the account is gone. */
export function answerEditedSince(login: string, by: string | null, on: IssueRef): string {
  const who = by === null ? 'somebody whose account is gone' : `${codeSpan(by)}, who has no write access,`;
  const what = `${who} edited ${referenceText(on)} in the minute before your comment, or after it`;
  return to(login, `${what}. Read it again, then comment again. ${NOTHING_RUN}`);
}

/** For an override of a head that was not there when the comment was written. */
export function answerHeadNotOlder(login: string, sha: string, on: IssueRef): string {
  const came = `${shortSha(sha)} of ${referenceText(on)} came after your comment, or in the same second`;
  return to(
    login,
    `${codeSpan('override')} holds for a head that you have seen; ${came}. Look at it, then comment again.`,
  );
}

/** For an override of a head of which GitHub does not tell whether it was there when the comment was written. */
export function answerHeadOfUnknownAge(login: string, sha: string, on: IssueRef): string {
  const came = `GitHub does not say when ${shortSha(sha)} of ${referenceText(on)} came`;
  return to(
    login,
    `${codeSpan('override')} holds for a head that you have seen; ${came}. Comment again in a minute.`,
  );
}

/** For somebody who may not do what the button of a check run does; `label` is what stands on it. */
export function answerButtonRoleTooLow(login: string, label: string, verb: Verb, has: Role): string {
  return to(login, `the button *${label}* needs the *${roleFor(verb)}* role; you have *${has}*.`);
}

/** `deed` is the app's own phrase, like "create the branch `feature/issue-13`"; the sentence is GitHub's. */
export function answerGitHubRefused(login: string, deed: string, sentence: string): string {
  return to(login, `GitHub did not let me ${deed}: "${escapeMarkdown(sentence, MAX_SENTENCE)}".`);
}

/** GitHub's logins are letters, digits, hyphens and, for managed users, underscores; a bot's ends in `[bot]`. */
export function to(login: string, text: string): string {
  const name = /^[a-z\d][a-z\d_-]{0,99}(?:\[bot\])?$/i.test(login) ? `@${login}` : codeSpan(login, 100);
  return `${name}: ${text}`;
}

/** A part of a sentence that may hold words of GitHub. */
function clause(text: string): string {
  return escapeMarkdown(text, MAX_SENTENCE);
}

function listed(refs: readonly IssueRef[], word: 'and' | 'or'): string {
  const names = refs.map(referenceText);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} ${word} ${last}`;
}
