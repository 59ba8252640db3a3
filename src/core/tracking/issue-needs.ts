import type { UnreadableLine } from '../facts/dependencies.js';
import type { RefContext } from '../facts/references.js';
import type { Member } from '../membership/member.js';
import { changedSinceRecorded } from '../membership/recorded.js';
import { valueOr } from '../model/index.js';
import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import { editedLines } from './edited-lines.js';

/** Something that waits for a person: what is so, and who can do what about it. Both are Markdown. */
export interface Need {
  readonly what: string;
  readonly way: string;
  /** The cause of the comment that says it on the pull request; absent where none does. */
  readonly cause?: string;
}

/** What the issue of an open member asks of people: edits that do not count, lines that cannot be read, closings. */
export function issueNeeds(member: Member, refs: RefContext, prefix: string): readonly Need[] {
  const { dependencies, shares } = member.facts;
  return [
    ...closings(member, prefix),
    ...edits(member, refs, prefix),
    ...dependencies.unreadable.map((line) => ({
      what: unreadable(line),
      way: `It blocks nothing. Somebody with triage adds what is meant: ${commandSpan(prefix, 'depends-on')}, and the number, on the issue.`,
    })),
    ...shares.unreadable.map((line) => ({
      what: unreadable(line),
      way: 'It has no effect. Somebody with triage puts the label `shares:`, followed by the name, on each issue that is meant.',
    })),
  ];
}

function unreadable({ line, written, note }: UnreadableLine): string {
  return `Line ${line} cannot be read: ${codeSpan(written, 100)} ${note}.`;
}

function closings({ issue, outcome }: Member, prefix: string): readonly Need[] {
  if (outcome.kind === 'unread') {
    return [
      {
        what: `Cannot tell how it ended: ${escapeMarkdown(outcome.why)}.`,
        way: `It is read again at the next change, or after ${commandSpan(prefix, 'refresh')}.`,
      },
    ];
  }
  if (issue.state !== 'closed' || outcome.kind !== 'open') return [];
  const closed = issue.history.kind === 'read' ? issue.history.value.closed : null;
  const by = closed?.actor === null || closed === null ? 'somebody' : codeSpan(closed.actor.login);
  return [
    {
      what: `The issue was closed by ${by}, who may not end its work.`,
      way: `A person with write reopens it, or ends the work with ${commandSpan(prefix, 'cancel')}.`,
      cause: `needs-reopening-${issue.closedAt}`,
    },
  ];
}

/** Changes of the issue since its task was recorded. */
function edits(member: Member, refs: RefContext, prefix: string): readonly Need[] {
  const { issue, recorded } = member;
  const record = valueOr(recorded, null);
  const since = record === null ? null : changedSinceRecorded(issue, record);
  if (since === null) return [];
  const history = valueOr(issue.history, null)?.edits ?? [];
  const way = `The recorded text holds. A person with write records the new one: ${commandSpan(prefix, 'redeploy')}.`;
  const by = (what: 'body' | 'title'): string => {
    const editor = history.findLast((edit) => edit.what === what)?.editor;
    return editor === null || editor === undefined ? '' : ` by ${codeSpan(editor.login)}`;
  };
  const needs: Need[] = [];
  if (since.title) {
    needs.push({
      what: `The title was changed${by('title')} after the task was recorded.`,
      way,
      cause: `needs-title-${record?.sha}`,
    });
  }
  if (since.text === true) {
    const lines = editedLines(member, refs);
    needs.push({
      what: `The text was edited${by('body')} after the task was recorded${lines}.`,
      way,
      cause: `needs-text-${record?.sha}`,
    });
  }
  return needs;
}
