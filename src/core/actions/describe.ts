import { codeSpan } from '../text/code.js';
import { escapeMarkdown } from '../text/escape.js';
import type { Action, Blocking } from './action.js';

/** What an action does, as a phrase behind "GitHub did not let me": for people and for the dry run. */
export function describe(action: Action): string {
  switch (action.kind) {
    case 'create tracker':
      return 'make the tracking issue';
    case 'provision':
      return `make the branch ${codeSpan(action.task.branch)} of #${action.number} and its pull request`;
    case 'publish gates':
      return `publish ${action.gates.length} gates: ${action.gates.map((gate) => escapeMarkdown(gate.verdict.title)).join('; ')}`;
    case 'ensure label':
      return `make the label ${codeSpan(action.label.name)}`;
    case 'add label':
      return `put the label ${codeSpan(action.label.name)} on #${action.number}`;
    case 'remove label':
      return `take the label ${codeSpan(action.label)} off #${action.number}`;
    case 'comment':
      return `comment on #${action.number}`;
    case 'react':
      return `react to a comment on #${action.number}`;
    case 'add dependency':
      return `make #${action.number} wait for ${blockingOf(action.blocking)}`;
    case 'remove dependency':
      return `make #${action.number} wait no longer for ${blockingOf(action.blocking)}`;
    case 'write task':
      return `write the task file on ${codeSpan(action.task.branch)}`;
    case 'move branch':
      return `move ${codeSpan(action.branch)} up to the base`;
    case 'open pull':
      return `open the pull request of ${codeSpan(action.pull.head)}`;
    case 'assign':
      return `assign ${action.pulls.map((pull) => `${pull.login} to #${pull.number}`).join(', ')}`;
    case 'mark ready':
      return `mark pull request #${action.pull.number} ready for review`;
    case 'remove task file':
      return `remove the task file from ${codeSpan(action.branch)}`;
    case 'close pull':
      return `close pull request #${action.pull.number}`;
    case 'close issue':
      return `close #${action.number}`;
    case 'pin':
      return `pin #${action.number}`;
    case 'unpin':
      return `unpin #${action.number}`;
    case 'update tracker':
      return `update the tracking issue #${action.number}`;
    case 'update branch':
      return `bring pull request #${action.pull.number} up to date by ${action.method}`;
    case 'fast-forward':
      return `land pull request #${action.pull.number} on ${codeSpan(action.branch)} by fast-forward`;
    case 'merge':
      return `land pull request #${action.pull.number} by ${action.method}`;
    case 'enqueue':
      return `put pull request #${action.pull.number} into the merge queue`;
    case 'dequeue':
      return `take pull request #${action.pull.number} out of the merge queue`;
    case 'retarget':
      return `retarget pull request #${action.pull.number} to ${codeSpan(action.base)}`;
    case 'delete branch':
      return `delete the branch ${codeSpan(action.branch)}`;
  }
}

function blockingOf({ number, repository }: Blocking): string {
  return repository === undefined ? `#${number}` : codeSpan(`${repository}#${number}`);
}
