import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { load } from 'js-yaml';
import { type Issue, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { blocker } from '../../support/snapshot.js';
import {
  START,
  aPull,
  aSnapshot,
  aTracker,
  anIssue,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';
import { HOSTILE, hostileText } from '../text/hostile.js';
import { blocks, bodyOf, deployed } from './blocks.js';
import { complete, halfWay } from './reference.js';

interface Batch {
  readonly [key: string]: unknown;
  readonly subagents: readonly Readonly<Record<string, unknown>>[];
}

function batchOf(snapshot: Snapshot): Batch {
  const found = blocks(bodyOf(snapshot), 'yaml');
  expect(found).toHaveLength(1);
  return load(found[0] ?? '') as Batch;
}

describe('the batch configuration', () => {
  test('holds those that are open, in merge order, with what a program needs to start them', () => {
    const { subagents, ...head } = batchOf(halfWay());
    expect(head).toEqual({
      version: 1,
      repository: 'acme/market',
      'clone-url': 'https://github.com/acme/market.git',
      base: 'main',
      strategy: 'individual pull requests',
      'start-when': 'unblocked',
      'max-running': 4,
      paused: false,
      frozen: false,
      'merge-order': [4, 6, 5],
    });
    expect(subagents.map(({ issue }) => issue)).toEqual([4, 6, 5]);
    expect(subagents[2]).toEqual({
      issue: 5,
      state: 'not started',
      branch: 'feature/issue-5',
      'branch-exists': true,
      worktree: 'main-issue-5',
      'task-file': '.agents/subagent_issue_5.md',
      'pull-request': 23,
      'depends-on': [6],
      'waits-for': [6],
      'shares-with': [{ what: 'executor.py integration points', issues: [6] }],
      'effort-hours': { low: 8, high: 10 },
      risk: 'high',
    });
  });

  test('follows the settings and the brakes', () => {
    const labelEvents = read([labelled('subagent:freeze', person('grace'))]);
    const labels = read(['subagent:tracking', 'subagent:freeze']);
    const config = 'start: { when: labelled }\nrunner: { max-running: 9 }\nbase: dev\n';
    const batch = batchOf(
      deployed([8], {
        config,
        trackers: [
          aTracker({
            body: '<!-- yardmaster:deployment base=dev digest=0 -->',
            labels,
            labelEvents,
          }),
        ],
      }),
    );
    expect(batch).toMatchObject({ 'start-when': 'labelled', 'max-running': 9, frozen: true, paused: false });
    expect(batch).toMatchObject({ base: 'dev', subagents: [{ worktree: 'dev-issue-8' }] });
  });

  test('says what is missing with null, and what cannot be read, too', () => {
    const issues = [anIssue(8), anIssue(4, { blockedBy: unreadable('a page is missing') })];
    const snapshot = aSnapshot({ issues, trackers: [aTracker()] });
    expect(batchOf(snapshot).subagents).toMatchObject([
      {
        issue: 4,
        'branch-exists': false,
        'pull-request': null,
        'depends-on': null,
        'waits-for': null,
        'effort-hours': null,
        risk: null,
      },
      { issue: 8, 'depends-on': [], 'waits-for': [] },
    ]);
  });

  test('tells what is done from what is waited for, also in other repositories', () => {
    const done = blocker(7, {
      repository: 'acme/other',
      state: 'closed',
      stateReason: 'completed',
      closed: read({
        actor: person('linus'),
        at: START,
        pull: { number: 9, repository: 'acme/other', merged: true },
      }),
    });
    const open = blocker(6, { repository: 'acme/other' });
    const issue = anIssue(8, { blockedBy: read([done, open]) });
    expect(batchOf(deployed([8], { issues: [issue] })).subagents).toMatchObject([
      { 'depends-on': ['acme/other#6', 'acme/other#7'], 'waits-for': ['acme/other#6'] },
    ]);
  });

  test('is the item of the checklist: where the configuration is not valid, neither is', () => {
    const checklist = 'checklist: [{ auto: configuration, text: Batch configuration valid }]\n';
    const body = bodyOf(deployed([8], { config: checklist }));
    expect(body).toContain('- ✅ Batch configuration valid');
    expect(blocks(body, 'yaml')).toHaveLength(1);
    const broken = bodyOf(deployed([8], { config: 'brunch: x\n', lastValidConfig: checklist }));
    expect(broken).toContain('- ⬜ Batch configuration valid');
    expect(broken).toContain('There is no batch configuration, since the configuration is not valid.');
    expect(blocks(broken, 'yaml')).toHaveLength(0);
  });

  test('is gone once nothing is open', () => {
    expect(bodyOf(complete())).not.toMatch(/batch configuration/i);
  });

  test('is read by js-yaml as what the deployment holds, whatever people write', () => {
    const check = (words: string) => {
      const line = words.replace(/\s+/g, ' ').trim().slice(0, 40) || 'x';
      const what = line.replace(/[^\P{C}]/gu, '');
      const name = (number: number, parts: object): Issue =>
        anIssue(number, {
          title: words,
          body: `### Risk\n\n${words}`,
          labels: ['deploy-subagent', `shares:${what}`],
          ...parts,
        });
      const issues = [
        name(8, { blockedBy: read([blocker(3, { repository: `acme/${line}` })]) }),
        name(4, {}),
      ];
      const repository = {
        name: `acme/${line}`,
        url: `https://github.com/${words.slice(0, 500)}`,
        defaultBranch: line,
      };
      const snapshot = aSnapshot({
        issues,
        repository,
        pulls: issues.map((each) => aPull(each.number + 20, each)),
      });
      const { view } = judge(snapshot);
      const batch = batchOf(snapshot);
      expect(batch).toMatchObject({
        repository: repository.name,
        'clone-url': `${repository.url}.git`,
        base: line,
      });
      expect(batch.subagents).toMatchObject(
        view.members.map((member) => ({
          issue: member.number,
          branch: member.branchName,
          worktree: `${line.replaceAll('/', '-')}-issue-${member.number}`,
          'task-file': member.taskPath,
          'shares-with': view.graph.shares.map((share) => ({
            what: share.what,
            issues: [12 - member.number],
          })),
        })),
      );
      const edges = view.graph.edges.map(({ to }) => (to.startsWith('#') ? Number(to.slice(1)) : to));
      expect(batch.subagents.flatMap((each) => each['depends-on'])).toEqual(edges);
    };
    fc.assert(fc.property(hostileText, check), {
      numRuns: 100,
      examples: HOSTILE.map((words): [string] => [words]),
    });
  });
});
