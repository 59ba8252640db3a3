import { codeSpan } from '../text/code.js';
import { commandSpan } from '../text/command.js';
import { escapeMarkdown } from '../text/escape.js';
import { shortSha } from '../names/members.js';
import { missingText, missingWays } from './check-words.js';
import { configWays } from './config-words.js';
import { conflictText, conflictWays } from './conflict-words.js';
import { leftQueueText, leftQueueWays } from './queue-words.js';
import type { Because, Reason } from './reason.js';
import { causeText, waitsText } from './waits-words.js';

/** One short sentence without a full stop, in plain text: titles of checks, cells of tables. */
export function say(reason: Reason): string {
  switch (reason.kind) {
    case 'waits':
      return waitsText(reason) + causeText(reason);
    case 'dependency closed':
      return `Cannot wait for ${reason.node}: ${reason.how}`;
    case 'dependency unreadable':
      return `Cannot read ${reason.node}: ${reason.why}`;
    case 'dependencies unread':
      return `Cannot read all dependencies: ${reason.why}`;
    case 'cycle':
      return `Dependency cycle: ${reason.path.join(' → ')}`;
    case 'needs update':
      return `Needs an update: ${reason.node} landed and shares ${reason.what}`;
    case 'sharer landing':
      return `Waits for ${reason.node}, which is landing and shares ${reason.what}`;
    case 'files unread':
      return `Cannot read which files it changes: ${reason.why}`;
    case 'hold':
      return `On hold${because(reason.because)}`;
    case 'frozen':
      return `Frozen${because(reason.because)}`;
    case 'approval unread':
      return `Cannot read who approved the deployment: ${reason.why}`;
    case 'config invalid':
      return `The configuration is invalid: ${reason.problem}`;
    case 'issue gone':
      return `Cannot read #${reason.issue}, which this is the work of: it was deleted, or moved to another repository`;
    case 'not started':
      return 'No work has been pushed';
    case 'draft':
      return 'Still a draft';
    case 'other base':
      return `Goes into ${reason.branch}, not into ${reason.wanted}`;
    case 'task file':
      return 'Its task file is still to be removed';
    case 'not asked':
      return 'Nobody has asked for it to land';
    case 'conflict':
      return conflictText(reason);
    case 'unknown mergeability':
      return 'GitHub is still working out whether it conflicts';
    case 'changes requested':
      return `Changes requested by ${reason.by.join(', ')}`;
    case 'approvals':
      return reason.lastPush === undefined
        ? `Approvals: ${reason.have} of ${reason.need}`
        : `Approvals of ${shortSha(reason.lastPush)}: ${reason.have} of ${reason.need}`;
    case 'failing checks':
      return `Failing: ${reason.names.join(', ')}`;
    case 'pending checks':
      return `Waits for checks: ${reason.names.join(', ')}`;
    case 'checks not started':
      return reason.overdue
        ? `CI never started on ${shortSha(reason.sha)}`
        : `Waits for CI to start on ${shortSha(reason.sha)}`;
    case 'checks missing':
      return missingText(reason);
    case 'settling':
      return `Waits a moment for more checks on ${shortSha(reason.sha)}`;
    case 'base failing':
      return `${reason.branch} itself is failing: ${reason.names.join(', ')}`;
    case 'override would end':
      return 'To bring it up to date would end its override';
    case 'update refused':
      return `GitHub does not let me bring it up to date: ${reason.sentence.replace(/\.$/, '')}`;
    case 'left queue':
      return leftQueueText(reason);
    case 'unread':
      return `Cannot read ${reason.what}: ${reason.why}`;
  }
}

function because({ by, reason }: Because): string {
  return `${by === null ? '' : ` by ${by}`}${reason === null ? '' : `: ${reason}`}`;
}

/** Whose approval counts, by what the settings and the repository's owner say. */
const WHOSE = {
  anybody: '',
  'not its authors': ', who wrote none of it,',
  'neither authors nor asker': ', who neither wrote it nor asked for it,',
} satisfies Record<Extract<Reason, { readonly kind: 'approvals' }>['from'], string>;

/** What unblocks it and who can do that: one line of Markdown, or two. `prefix` is that of the slash commands. */
export function wayOut(reason: Reason, prefix: string): readonly string[] {
  const command = (words: string) => commandSpan(prefix, words);
  switch (reason.kind) {
    case 'waits':
      return [
        reason.pull === null
          ? `Have ${reason.node} done first: a merged pull request closes it, or somebody with write does, as completed.`
          : `Somebody with write merges pull request #${reason.pull} of ${reason.node} first, or comments ${command('merge')} on it.`,
      ];
    case 'dependency closed':
      return [
        `If ${reason.node} is still needed: somebody with write reopens it, or deploys it again, and has it merged.`,
        `If not: a person with write removes it from the issue's “blocked by” list.`,
      ];
    case 'dependency unreadable':
      return [
        `If ${reason.node} is still needed: somebody with triage adds it to the issue's “blocked by” list, where it is not there yet.`,
        `If not: a person with write removes it from that list, or from the text of the issue, and has that recorded: ${command('redeploy')}.`,
      ];
    case 'dependencies unread':
      return [
        `It is read again at the next change, or after ${command('refresh')}.`,
        `What is gone for good cannot be waited for: a maintainer lets this head pass with ${command('override')}, and the reason.`,
      ];
    case 'cycle':
      return ['A person with write removes one of these dependencies from its issue.'];
    case 'needs update':
      return [
        `Where the app lands it, the app brings it up to date. Otherwise, or to do it now: somebody with write comments ${command('update')}, or its subagent merges or rebases onto the base, and pushes.`,
      ];
    case 'sharer landing':
      return ['Nothing to do: it goes on when that one has landed.'];
    case 'files unread':
      return [
        `It is read again at the next change, or after ${command('refresh')}.`,
        'Until then it may touch what others have landed: a head that contains all of the base is free.',
      ];
    case 'hold':
      return [`A person with write comments ${command('unhold')} or removes the label.`];
    case 'frozen':
      return [
        `A maintainer comments ${command('unfreeze')} on the tracking issue, or removes the label there.`,
      ];
    case 'config invalid':
      return configWays(reason.from);
    case 'issue gone':
      return [
        `Somebody with write closes pull request #${reason.pull}.`,
        'If its work is still wanted, they open another one from its branch: that one is theirs, and waits for nothing.',
      ];
    case 'not started':
      return ['Push the work to the branch.'];
    case 'draft':
      return [`When the work is done: ${command('ready')}, or the button on the pull request.`];
    case 'other base':
      return [`Somebody with write changes its base back to ${codeSpan(reason.wanted)}.`];
    case 'task file':
      return ['Nothing to do: it is removed in a moment.'];
    case 'not asked':
      return [`A person with write comments ${command('merge')}.`];
    case 'conflict':
      return conflictWays(reason);
    case 'unknown mergeability':
      return ['Nothing to do: GitHub answers in a moment.'];
    case 'changes requested':
      return [`Answer the review; ${escapeMarkdown(reason.by.join(', '))} can approve or dismiss it.`];
    case 'approvals':
      return [
        reason.lastPush === undefined
          ? `A person with write${WHOSE[reason.from]} approves it.`
          : `A person with write${WHOSE[reason.from]} approves ${shortSha(reason.lastPush)} itself: its last push needs the approval of somebody who did not make it.`,
      ];
    case 'failing checks':
      return ['Mend what they report and push, or run them again.'];
    case 'pending checks':
      return ['Nothing to do while they run.'];
    case 'checks not started':
      return [
        reason.overdue
          ? 'The likely reasons: the workflow waits for somebody with write to approve its run; no workflow runs on this branch; a `paths` filter leaves out all that it changes.'
          : 'If it stays so: see whether the workflow waits for approval, or does not run on this branch.',
      ];
    case 'checks missing':
      return missingWays(reason);
    case 'settling':
      return [
        'Nothing to do: it counts as green when `merge.settle` has passed since the push. Heads need not wait for that where `merge.checks`, or the rules of the base, name the checks that count.',
      ];
    case 'base failing':
      return ['Mend the base first.'];
    case 'override would end':
      return ['Somebody with write merges it by hand, or it lands when what it waits for has landed.'];
    case 'update refused':
      return [
        'Its subagent rebases onto the base, or merges it, and pushes. It goes on by itself after that.',
      ];
    case 'left queue':
      return leftQueueWays(reason, prefix);
    case 'approval unread':
    case 'unread':
      return [`It is read again at the next change, or after ${command('refresh')}.`];
  }
}
