import type { Action } from '../actions/action.js';
import { isListedBot } from '../authority/role-book.js';
import {
  answerEdited,
  answerEditedRecord,
  answerGitHubRefused,
  answerProblems,
  answerRoleTooLow,
} from '../commands/answers.js';
import type { Command } from '../commands/command.js';
import { isAnswered, mayRun } from '../commands/meaning.js';
import type { Comment, Role } from '../model/index.js';
import { MAX_ANSWER, firstBlocks } from '../text/fitting.js';
import { parseHere } from '../view/heard.js';
import type { Progress } from '../view/progress.js';
import type { View } from '../view/view.js';
import { type CommandComment, type Group, group } from './group.js';
import type { Ran, Run } from './run.js';
import { runCommand } from './run-command.js';

export interface PlannedCommands {
  readonly groups: readonly Group[];
  readonly askNumbers: readonly number[];
}

/**
 * What the open comments ask for, oldest first. All of a comment's commands run, or none. Its reaction comes last: what
 * was cut off before is found again and changes nothing twice.
 */
export function planCommands(view: View, progress: Progress): PlannedCommands {
  const groups: Group[] = [];
  const askNumbers: number[] = [];
  for (const comment of view.heard.open) {
    const earlier = groups.flatMap((each) => each.actions);
    const planned = planComment(comment, view, progress, earlier);
    groups.push(...planned.groups);
    askNumbers.push(...planned.askNumbers);
  }
  return { groups, askNumbers };
}

const NOTHING: PlannedCommands = { groups: [], askNumbers: [] };

function planComment(
  comment: Comment,
  view: View,
  progress: Progress,
  earlier: readonly Action[],
): PlannedCommands {
  const { author } = comment;
  const { settings } = view.config;
  if (author === null || author.kind === 'me') return NOTHING;
  if (author.kind === 'bot' && !isListedBot(author.login, settings.allow.bots)) return NOTHING;
  const parsed = parseHere(comment, settings, view.refs, view.places);
  if (parsed.commands.length === 0 && parsed.problems.length === 0) return NOTHING;
  if (mayBeOnTracker(comment, view)) return NOTHING;

  const role = roleOf(author, comment, view);
  if (role === null) return NOTHING;
  const { login } = author;
  if (!isAnswered(role)) return refuse(comment, null);
  if (comment.editedByOthers) return refuse(comment, answerEdited(login));
  if (parsed.problems.length > 0) {
    const context = { prefix: settings.commands.prefix, trackingIssue: view.tracker?.number ?? null };
    return refuse(comment, answerProblems(login, parsed, context));
  }
  const forbidden = parsed.commands.find((command) => !mayRun(role, command.verb));
  if (forbidden !== undefined) return refuse(comment, answerRoleTooLow(login, forbidden.verb, role));
  const record = parsed.commands.find(({ verb }) => verb === 'redeploy');
  if (record !== undefined && comment.edited) return refuse(comment, answerEditedRecord(login, record.verb));
  return runAll(comment, parsed.commands, { login, view, progress, earlier });
}

/** What stands on an issue of which nothing is known waits while it cannot be read which is the tracking issue. */
function mayBeOnTracker(comment: Comment, { snapshot, places }: View): boolean {
  const { place, known } = places.placeOf(comment);
  return snapshot.trackers.kind === 'unreadable' && place === 'issue' && !known;
}

function runAll(
  comment: Comment,
  commands: readonly Command[],
  context: Pick<Run, 'login' | 'view' | 'progress' | 'earlier'>,
): PlannedCommands {
  const { login, view } = context;
  const here = view.places.issueOf(comment.number);
  const ran: Ran[] = [];
  for (const command of commands) {
    const own = ran.flatMap((each) => (each.kind === 'done' ? each.actions : []));
    ran.push(runCommand({ ...context, command, comment, here, earlier: [...context.earlier, ...own] }));
  }
  const askNumbers = ran.flatMap((each) => (each.kind === 'ask' ? each.numbers : []));
  if (askNumbers.length > 0) return { groups: [], askNumbers };
  if (ran.some(({ kind }) => kind === 'later')) return NOTHING;
  const refused = ran.flatMap((each) => (each.kind === 'refused' ? [each.answer] : []));
  if (refused.length > 0) return refuse(comment, refused.join('\n\n'));
  const done = ran.filter((each): each is Ran & { kind: 'done' } => each.kind === 'done');
  const answers = done.flatMap((each) => each.answer ?? []);
  const actions: readonly Action[] = [
    ...done.flatMap((each) => each.actions),
    ...(answers.length === 0 ? [] : [reply(comment, inOneComment(answers))]),
    { kind: 'react', comment: comment.id, number: comment.number, with: '+1' },
  ];
  return {
    groups: group(aboutComment(comment), actions, { id: comment.id, number: comment.number, login }),
    askNumbers: [],
  };
}

/** Answers of several commands in one comment. What GitHub has no room for is asked again by itself. */
function inOneComment(answers: readonly string[]): string {
  const { lines, left } = firstBlocks(
    answers.map((answer) => [answer, '']),
    MAX_ANSWER,
  );
  const more = `${left} more of your commands would be answered at length: comment them one by one.`;
  return [...lines, ...(left === 0 ? [] : [more])].join('\n').trimEnd();
}

function refuse(comment: Comment, answer: string | null): PlannedCommands {
  const react: Action = { kind: 'react', comment: comment.id, number: comment.number, with: 'confused' };
  const actions = answer === null ? [react] : [reply(comment, answer), react];
  return { groups: group(aboutComment(comment), actions), askNumbers: [] };
}

/** What is said and done where GitHub refused a command: the same comment is not tried again. */
export function refusedByGitHub(comment: CommandComment, deed: string, sentence: string): readonly Action[] {
  const body = answerGitHubRefused(comment.login, deed, sentence);
  return [
    { kind: 'comment', number: comment.number, body, cause: `reply-${comment.id}` },
    { kind: 'react', comment: comment.id, number: comment.number, with: 'confused' },
  ];
}

function reply(comment: Comment, body: string): Action {
  return { kind: 'comment', number: comment.number, body, cause: `reply-${comment.id}` };
}

function aboutComment(comment: Comment): string {
  return `comment ${comment.id} on #${comment.number}`;
}

/** The role of who commands; null where nobody could say, so that the comment is left for later. */
function roleOf(author: NonNullable<Comment['author']>, comment: Comment, view: View): Role | null {
  const role = view.book.of(author, comment.createdAt);
  return role.kind === 'read' ? role.value : null;
}
