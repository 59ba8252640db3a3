import { describe, expect, test } from '@jest/globals';
import {
  type Branch,
  type Commit,
  type Issue,
  type Pull,
  type Snapshot,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { parseTaskTrailers } from '../../../src/core/task/trailers.js';
import { recordedText } from '../../../src/core/task/task-file.js';
import { DEPLOY, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  START,
  type SnapshotParts,
  aPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  person,
  sha,
  taskCommit,
  taskText,
} from '../../support/view-builder.js';
import { actionsOf, planOf, work } from './support.js';

const issue = anIssue(8, { title: 'Scan the market', body: 'Scan it.\n\nDepends on #9' });
const task = taskCommit(issue);
const mine: Commit = {
  sha: sha('work'),
  message: 'Work',
  author: person('agent'),
  others: [],
  madeOnGitHub: false,
  committedAt: START,
};

/** A branch of issue 8 without a pull request. */
function branch(at: string, commits: readonly Commit[]): Pick<SnapshotParts, 'branches' | 'tasks'> {
  const found: Branch = { sha: at, beyondBase: read(commits) };
  return { branches: read({ 'feature/issue-8': found }), tasks: { [task.sha]: read(taskText(issue)) } };
}

const MAKE = 'make the branch `feature/issue-8` of #8 and its pull request';
const WRITE = 'write the task file on `feature/issue-8`';
const OPEN = 'open the pull request of `feature/issue-8`';

describe('from whatever is there already', () => {
  test.each([
    ['nothing', {}, [MAKE]],
    ['a branch at the base', branch(sha('base'), []), [WRITE, OPEN]],
    ['an empty branch behind the base', branch(sha('older'), []), ['move `feature/issue-8` up to the base']],
    ['a branch with work of somebody', branch(mine.sha, [mine]), [WRITE, OPEN]],
    ['a branch with the task commit', branch(task.sha, [task]), [OPEN]],
    ['a branch with the task commit and work', branch(mine.sha, [task, mine]), [OPEN]],
    [
      'a branch of which nobody knows what is on it',
      { branches: read({ 'feature/issue-8': { sha: sha('x'), beyondBase: unreadable('502') } }) },
      [],
    ],
    ['branches that cannot be read', { branches: unreadable('502') }, []],
    [
      'a pull request without the task',
      { pulls: [aWorkedPull(28, issue, { detail: { commits: read([mine]) } })] },
      [WRITE],
    ],
    [
      'a pull request whose commits cannot be read',
      { pulls: [aWorkedPull(28, issue, { detail: { commits: unreadable('502') } })] },
      [],
    ],
  ] as readonly (readonly [string, SnapshotParts, readonly string[]])[])('%s', (_, parts, expected) => {
    expect(work({ issues: [issue], ...parts })).toEqual(expected);
  });

  test('a draft that records an earlier approval gets the present text', () => {
    const again = anIssue(8, {
      history: history({ labels: [labelEvent('put', DEPLOY, person('ada'), START + HOUR)] }),
    });
    expect(work({ issues: [again], pulls: [aPull(28, issue)] })).toEqual([WRITE]);
  });

  test('new ones go out together, and each only once there is a tracking issue', () => {
    const { rest } = planOf(aSnapshot({ issues: [issue, anIssue(10)] }));
    expect(rest.map(({ about, together, actions }) => [about, together, actions.length])).toEqual([
      ['tracking issue', false, 1],
      ['new subagents', true, 2],
    ]);
  });
});

describe('what is written', () => {
  function provision(snapshot: Snapshot) {
    const [action] = actionsOf(planOf(snapshot).rest).filter(({ kind }) => kind === 'provision');
    if (action?.kind !== 'provision') throw new Error('nothing is provisioned');
    return action;
  }

  test('the branch begins at the base, and the commit names the approval and the text', () => {
    const action = provision(aSnapshot({ issues: [issue], trackers: [aTracker()] }));
    expect(action).toMatchObject({
      from: sha('base'),
      approved: { title: 'Scan the market', bodySha256: digest(issue.body) },
      task: { branch: 'feature/issue-8', path: '.agents/subagent_issue_8.md' },
      pull: { head: 'feature/issue-8', base: 'main', draft: true },
    });
    expect(recordedText(action.task.content)).toBe(issue.body);
    expect(parseTaskTrailers(`${action.task.headline}\n\n${action.task.body}`)).toEqual({
      issue: 8,
      bodySha256: digest(issue.body),
      approvedBy: 'linus',
      approvedAt: '2025-02-24T15:56:00Z',
      approvalEvent: 'event-deploy-subagent',
    });
  });

  test('the pull request closes the issue and has its title', () => {
    const { pull } = provision(aSnapshot({ issues: [issue], trackers: [aTracker()] }));
    expect(pull.title).toBe('Fix: Issue #8 - Scan the market');
    expect(pull.body.split('\n')[0]).toBe('Closes #8');
  });

  test('the pull request links the task file, whatever that is called', () => {
    const config = JSON.stringify({ 'task-file': { path: 'to do/`a` (#{number}).md' } });
    const { pull } = provision(aSnapshot({ issues: [issue], trackers: [aTracker()], config }));
    expect(pull.body.split('\n')[2]).toBe(
      'The task is in [``to do/`a` (#8).md``](../blob/feature/issue-8/to%20do/%60a%60%20%28%238%29.md).',
    );
  });
});

describe('once the task is recorded', () => {
  const recorded = (parts: SnapshotParts = {}, of: Issue = issue): SnapshotParts => ({
    issues: [of],
    pulls: [aPull(28, of)],
    ...parts,
  });

  test('its lines are written natively, as soon as it is known what they name', () => {
    expect(planOf(aSnapshot(recorded())).askNumbers).toEqual([9]);
    expect(work(recorded())).toEqual([]);
    const named = { 9: read({ databaseId: 1009, isPull: false }) };
    expect(work(recorded({ named }))).toEqual(['make #8 wait for #9']);
    expect(planOf(aSnapshot(recorded({ named }))).askNumbers).toEqual([]);
  });

  test('nothing is written for a line that names a pull request or what cannot be read', () => {
    expect(work(recorded({ named: { 9: read({ databaseId: 1, isPull: true }) } }))).toEqual([]);
    expect(work(recorded({ named: { 9: unreadable('404') } }))).toEqual([]);
  });

  test('its shares become labels once: one that somebody took off stays off', () => {
    const sharing = anIssue(8, { body: '### Shares\n\nscanner.py' });
    expect(work(recorded({}, sharing))).toEqual(['put the label `shares:scanner.py` on #8']);
    const taken = anIssue(8, {
      body: sharing.body,
      history: history({
        labels: [
          { ...labelEvent('put', DEPLOY, person('linus')), id: 'event-deploy-subagent' },
          labelEvent('put', 'shares:scanner.py', ME),
          labelEvent('removed', 'Shares:Scanner.py', person('linus')),
        ],
      }),
    });
    expect(work(recorded({}, taken))).toEqual([]);
  });

  test('the task file goes when the pull request is ready, unless it is to be kept', () => {
    const files = read(['.agents/subagent_issue_8.md', 'src/a.py']);
    const plain = anIssue(8);
    const ready = recorded({ pulls: [aWorkedPull(28, plain, { detail: { files } })] }, plain);
    expect(work(ready)).toEqual(['remove the task file from `feature/issue-8`']);
    expect(work({ ...ready, config: 'task-file: { keep: true }\n' })).toEqual([]);
    expect(work(recorded({ pulls: [aPull(28, plain)] }, plain))).toEqual([]);
  });
});

describe('a cancelled one', () => {
  const bare = anIssue(8, {
    labels: [],
    history: history({
      labels: [labelEvent('put', DEPLOY, person('linus')), labelEvent('removed', DEPLOY, ME, START + 1_000)],
    }),
  });

  test('has its pull request closed with a word, and its branch kept', () => {
    expect(work({ issues: [bare], pulls: [aPull(28, bare)] })).toContain('close pull request #28');
    expect(work({ issues: [bare], pulls: [aPull(28, bare)] })).not.toContain(
      'delete the branch `feature/issue-8`',
    );
  });

  test('keeps a pull request that is not the app’s', () => {
    const adopted: Pull = aPull(28, bare, { author: person('ada') });
    expect(work({ issues: [bare], pulls: [adopted] })).not.toContain('close pull request #28');
  });
});
