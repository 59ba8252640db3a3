import { isListedBot } from '../authority/role-book.js';
import type { Standing } from '../authority/standing.js';
import type { Command } from '../commands/command.js';
import { type ParsedComment, parseComment } from '../commands/parse.js';
import type { Verb } from '../commands/registry.js';
import type { RefContext } from '../facts/references.js';
import type { RiskSaid } from '../facts/risk-why.js';
import type { Asked } from '../membership/find-work.js';
import { type Comment, type LabelEvent, type Readable, groupBy, valueOr } from '../model/index.js';
import type { Because } from '../reasons/reason.js';
import type { Places } from './places.js';
import type { Settings } from '../settings/schema.js';

/** What the comments say: the ones still to be answered, and what the accepted ones tell of the present state. */
export interface Heard {
  /** Oldest first. */
  readonly open: readonly Comment[];
  /** The commands that the app accepted, oldest first. */
  readonly accepted: readonly Heeded[];
  /** The commands still to be answered that can be, oldest first; of comments with a mistake in them there are none. */
  readonly unanswered: readonly Heeded[];
  /** The `deploy` and `redeploy` commands. */
  readonly deploys: Asked;
  /** Who holds an issue, and why. */
  held(issue: number, hold: Standing): Because;
  /** What the newest accepted `risk` command about the issue says. */
  risk(issue: number): RiskSaid | null;
  /** Who froze the deployment, and why. */
  frozen(freeze: Standing): Because;
}

/** Sorts the comments of a snapshot. */
export function hear(
  comments: Readable<readonly Comment[]>,
  settings: Settings,
  refs: RefContext,
  places: Places,
): Heard {
  const ordered = [...valueOr(comments, [])].sort((a, b) => a.createdAt - b.createdAt || a.id - b.id);
  const open = ordered.filter((comment) => comment.answered === null);
  const accepted = ordered.filter((comment) => comment.answered === 'done').flatMap(commandsIn);
  const deploys = commentsWith('deploy', accepted);
  const renewals = commentsWith('redeploy', accepted.filter(isAsWritten));
  const unheard = comments.kind === 'read' ? null : `cannot read the comments: ${comments.why}`;
  const answerable = open.filter(({ author }) => mayBeAnswered(author, settings.allow.bots));
  const asked = answerable.map(parsedIn);
  const asking = commentsWith(
    'deploy',
    asked.flatMap(({ heeded }) => heeded),
  );

  function parsedIn(comment: Comment): { readonly heeded: readonly Heeded[]; readonly isSound: boolean } {
    const { commands, problems } = parseHere(comment, settings, refs, places);
    const here = places.issueOf(comment.number);
    return {
      heeded: commands.map((command) => ({ comment, command, here })),
      isSound: problems.length === 0,
    };
  }

  function commandsIn(comment: Comment): readonly Heeded[] {
    return parsedIn(comment).heeded;
  }

  /** What was put back for somebody who set it by hand is not told of a command that was taken back since. */
  function because(
    verb: Verb,
    opposite: Verb,
    standing: Standing,
    about: (each: Heeded) => boolean,
  ): Because {
    if (standing.kind === 'unread') return { by: null, reason: standing.why, unread: true };
    const event = setBy(standing);
    if (event?.actor && event.actor.kind !== 'me') return { by: event.actor.login, reason: null };
    const isOfEither = ({ command }: Heeded) => command.verb === verb || command.verb === opposite;
    const last = accepted.findLast((each) => isOfEither(each) && about(each));
    if (last?.command.verb !== verb) return { by: null, reason: null };
    return { by: last.comment.author?.login ?? null, reason: last.command.reason };
  }

  return {
    open,
    accepted,
    unanswered: asked.flatMap(({ heeded, isSound }) => (isSound ? heeded : [])),
    deploys: {
      accepted: (issue) => deploys.get(issue) ?? [],
      renewed: (issue) => renewals.get(issue) ?? [],
      unanswered(issue) {
        return unheard ?? (asking.has(issue) ? 'a command to deploy it has yet to be answered' : null);
      },
    },
    risk(issue) {
      const last = accepted.findLast((each) => isAbout(each, 'risk', issue));
      if (last?.command.verb !== 'risk') return null;
      const { comment, command } = last;
      return {
        level: command.level,
        why: command.reason,
        comment: { on: comment.number, id: comment.id },
      };
    },
    held: (issue, hold) =>
      because('hold', 'unhold', hold, ({ command, here }) => meansIssue(command, here, issue)),
    frozen: (freeze) => because('freeze', 'unfreeze', freeze, () => true),
  };
}

/** The event by which the label holds: not that of somebody who has taken it off and may not. */
function setBy(standing: Standing): LabelEvent | null {
  if (standing.kind === 'on') return standing.event;
  return standing.kind === 'overruled' ? standing.before : null;
}

/** A command, and where it stands. */
export interface Heeded {
  readonly comment: Comment;
  readonly command: Command;
  /** The issue that the comment stands on, or whose pull request it stands on. */
  readonly here: number;
}

/** What the app has accepted is the record of some commands; it is none once somebody has changed its words. */
function isAsWritten({ comment }: Heeded): boolean {
  return !comment.edited;
}

/** The comments with a command of this verb by the issue they mean. */
function commentsWith(verb: Verb, heeded: readonly Heeded[]): ReadonlyMap<number, readonly Comment[]> {
  const meant = heeded
    .filter(({ command }) => command.verb === verb)
    .flatMap(({ comment, command, here }) => numbersOf(command, here).map((number) => ({ number, comment })));
  const byNumber = groupBy(meant, ({ number }) => number);
  return new Map([...byNumber].map(([number, each]) => [number, each.map(({ comment }) => comment)]));
}

/** Bots that are not listed are never answered, nor is the app itself. */
function mayBeAnswered(author: Comment['author'], bots: readonly string[]): boolean {
  if (author === null || author.kind === 'me') return false;
  return author.kind === 'person' || isListedBot(author.login, bots);
}

/** Parses a comment where it stands. */
export function parseHere(
  comment: Comment,
  settings: Settings,
  refs: RefContext,
  places: Places,
): ParsedComment {
  const { prefix, bare } = settings.commands;
  const { place, known } = places.placeOf(comment);
  return parseComment(comment.body, { ...refs, prefix, bare, place, knownHere: known });
}

/** The issue numbers that a command means, as far as it says: those it names, else the one it stands on. */
export function numbersOf(command: Command, here: number): readonly number[] {
  if (!('targets' in command)) return [here];
  if (command.targets === 'here') {
    return command.verb === 'shares' ? [here, ...command.others.map((ref) => ref.number)] : [here];
  }
  return command.targets === 'all' ? [] : command.targets.map((ref) => ref.number);
}

/** True if it is a command of this verb about this issue. */
export function isAbout({ command, here }: Heeded, verb: Verb, issue: number): boolean {
  return command.verb === verb && meansIssue(command, here, issue);
}

/** True if the command is about this issue. */
export function meansIssue(command: Command, here: number, issue: number): boolean {
  if ('targets' in command && command.targets === 'all') return true;
  return numbersOf(command, here).includes(issue);
}
