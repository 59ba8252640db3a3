import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../../src/core/actions/action.js';
import { describe as sayAction } from '../../../src/core/actions/describe.js';
import { needsWholeSnapshot, marksOf } from '../../../src/core/actions/memory.js';
import { digest } from '../../support/view-builder.js';

const label = { name: 'subagent:hold', color: 'd93f0b', description: 'x' };
const pull = { id: 'pull-21', number: 21 };
const task = {
  branch: 'feature/issue-8',
  path: 'a.md',
  content: 'text',
  headline: 'Record',
  body: 'Issue: #8',
};
const verdict = {
  status: 'in_progress',
  conclusion: null,
  title: 'Waits for #9',
  summary: '',
  buttons: [],
  externalId: 'v1 a',
} as const;

const put = (cause: string): Action => ({ kind: 'add label', number: 8, label, cause });
const takeOff = (cause: string): Action => ({ kind: 'remove label', number: 8, label: label.name, cause });
const publish = (...heads: readonly string[]): Action => ({
  kind: 'publish gates',
  name: 'merge-order',
  gates: heads.map((sha) => ({ sha, verdict, run: null })),
});

const ACTIONS: readonly Action[] = [
  put('comment-5'),
  takeOff('comment-6'),
  publish('a', 'b'),
  { kind: 'ensure label', label },
  { kind: 'comment', number: 8, body: 'text', cause: 'reply-5' },
  { kind: 'react', comment: 5, number: 8, with: '+1' },
  { kind: 'add dependency', number: 8, blocking: { databaseId: 1009, number: 9 }, cause: 'comment-5' },
  {
    kind: 'remove dependency',
    number: 8,
    blocking: { databaseId: 2007, number: 7, repository: 'acme/lib' },
    cause: 'comment-6',
  },
  { kind: 'write task', task, expectedHead: 'a' },
  { kind: 'move branch', branch: task.branch, from: 'a', to: 'b' },
  { kind: 'open pull', pull: { head: task.branch, base: 'main', title: 't', body: 'b', draft: true } },
  { kind: 'assign', pulls: [{ ...pull, login: 'ada' }] },
  { kind: 'mark ready', pull },
  { kind: 'remove task file', branch: task.branch, expectedHead: 'a', path: 'a.md', headline: 'h' },
  { kind: 'close pull', pull, comment: 'why', cause: 'cancelled-8' },
  { kind: 'close issue', number: 8, reason: 'completed' },
  { kind: 'pin', issue: 'i', number: 12 },
  { kind: 'unpin', issue: 'i', number: 12 },
  { kind: 'update tracker', number: 12, title: 't', body: 'b', state: 'open' },
  { kind: 'update branch', pull, base: 'main', draft: false, expectedHead: 'a', method: 'rebase' },
  { kind: 'fast-forward', pull, branch: 'main', before: 'a', after: 'b' },
  { kind: 'merge', pull, head: 'a', base: 'main', method: 'squash', title: 't' },
  { kind: 'retarget', pull, base: 'main' },
  { kind: 'delete branch', branch: task.branch, expectedHead: 'a' },
];

describe('an action', () => {
  test.each(ACTIONS.map((action) => [action.kind, action] as const))(
    'is said in one line: %s',
    (_, action) => {
      expect(sayAction(action)).toMatchSnapshot();
      expect(sayAction(action)).toMatch(/^\S[^\n]*$/);
    },
  );

  test('has a repeat that is recognised, and is not mistaken for another', () => {
    const seen = new Map<string, string>();
    for (const action of ACTIONS) {
      expect(marksOf(action, digest)).toEqual(marksOf({ ...action }, digest));
      for (const { slot, value } of marksOf(action, digest)) {
        const key = `${slot} ${value}`;
        expect(seen.get(key)).toBeUndefined();
        seen.set(key, action.kind);
      }
    }
  });

  test('on a label has one slot for putting and taking off, and a value for each cause', () => {
    const [first, back, again] = [put('comment-5'), takeOff('comment-6'), put('comment-7')].map(
      (action) => marksOf(action, digest)[0]!,
    );
    expect(new Set([first!.slot, back!.slot, again!.slot]).size).toBe(1);
    expect(new Set([first!.value, back!.value, again!.value]).size).toBe(3);
  });

  test('that publishes gates has a slot for each head', () => {
    expect(marksOf(publish('a', 'b'), digest).map(({ slot }) => slot)).toEqual([
      'check merge-order a',
      'check merge-order b',
    ]);
  });

  test('that ends, lands, deletes or begins a deployment needs a whole snapshot', () => {
    const kinds = ACTIONS.filter(needsWholeSnapshot).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual([
      'close issue',
      'close pull',
      'delete branch',
      'fast-forward',
      'merge',
      'remove dependency',
      'remove label',
      'retarget',
      'unpin',
      'update branch',
    ]);
    const update = { kind: 'update tracker', number: 12, title: 't', body: 'b' } as const;
    expect(needsWholeSnapshot({ ...update, state: 'closed' })).toBe(true);
    const create = { kind: 'create tracker', title: 't', body: 'b', label, key: 'main' } as const;
    expect(needsWholeSnapshot(create)).toBe(true);
  });
});
