import { describe, expect, test } from '@jest/globals';
import { type Commit, read } from '../../../src/core/model/index.js';
import { DEPLOY, history } from '../../support/snapshot.js';
import {
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  labelled,
  person,
  sha,
  taskCommit,
  work,
} from '../../support/view-builder.js';

const byOutsider = history({ labels: [labelled(DEPLOY, person('mallory'))] });
const issue = anIssue(8, { history: byOutsider });
const forged: Commit = { ...taskCommit(issue), author: null, madeOnGitHub: false };

function approvalOf(commit: Commit) {
  const branches = read({ 'feature/issue-8': { sha: commit.sha, beyondBase: read([commit]) } });
  return judge(aSnapshot({ issues: [issue], branches })).view.judged[0]?.approval.kind;
}

describe('a commit that says it records a task', () => {
  test('proves an approval if GitHub made it for the app', () => {
    expect(approvalOf(taskCommit(issue))).toBe('given');
  });

  test('proves none on a branch that anybody may have pushed', () => {
    expect(approvalOf(forged)).toBe('refused');
  });

  test('proves none on a pull request that somebody else has opened', () => {
    const pull = aPull(21, issue, { author: person('linus'), detail: { commits: read([forged]) } });
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], branches: read({}) }));
    expect(view.judged[0]?.approval.kind).toBe('refused');
  });

  test('still counts on the app’s own pull request, where a rebase has taken the signature', () => {
    const pull = aPull(21, issue, { detail: { commits: read([forged]) } });
    const { view } = judge(aSnapshot({ issues: [issue], pulls: [pull], branches: read({}) }));
    expect(view.judged[0]?.approval.kind).toBe('given');
  });
});

test('a pull request of the app’s that has lost its record waits for what it says, which cannot be read', () => {
  const own = anIssue(8);
  const lost: Commit = {
    ...taskCommit(own),
    sha: sha('work 8'),
    message: 'Work',
    author: null,
    madeOnGitHub: false,
  };
  const reasons = (commits: readonly Commit[]) => {
    const pull = aPull(21, own, { detail: { ...work(own), commits: read(commits) } });
    const { progress } = judge(aSnapshot({ issues: [own], pulls: [pull], trackers: [aTracker()] }));
    return progress.gateReasons('#8').map(({ kind }) => kind);
  };
  expect(reasons([taskCommit(own), lost])).toEqual([]);
  expect(reasons([lost])).toEqual(['dependencies unread']);
});
