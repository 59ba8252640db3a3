import { describe, expect, test } from '@jest/globals';
import { read } from '../../../src/core/model/index.js';
import type { Reason } from '../../../src/core/reasons/reason.js';
import { say, wayOut } from '../../../src/core/reasons/words.js';

const because = { by: 'octo', reason: 'legal looks at it' };

const REASONS: readonly Reason[] = [
  { kind: 'waits', node: '#8', pull: 21, because: [] },
  { kind: 'waits', node: 'acme/lib#8', pull: null, because: [] },
  { kind: 'dependency closed', node: '#8', how: 'it was closed as not planned' },
  { kind: 'dependency unreadable', node: 'acme/lib#8', why: 'it is not known' },
  { kind: 'dependencies unread', why: 'the list is short' },
  { kind: 'cycle', path: ['#12', '#14', '#13', '#12'] },
  { kind: 'needs update', node: '#8', what: 'market_scanner.py' },
  { kind: 'sharer landing', node: '#8', what: 'market_scanner.py' },
  { kind: 'files unread', why: '502' },
  { kind: 'hold', because },
  { kind: 'hold', because: { by: null, reason: null } },
  { kind: 'frozen', because },
  { kind: 'approval unread', why: 'cannot read the role of linus: 500' },
  { kind: 'config invalid', problem: 'line 3: unknown key', from: null },
  { kind: 'config invalid', problem: 'in acme/.github, line 3: unknown key', from: 'acme/.github' },
  { kind: 'not started' },
  { kind: 'draft' },
  { kind: 'not asked' },
  { kind: 'conflict', files: read(['a.py', 'b.py']) },
  { kind: 'conflict', files: read(['1', '2', '3', '4', '5', '6', '7']) },
  { kind: 'conflict', files: read([]) },
  { kind: 'unknown mergeability' },
  { kind: 'changes requested', by: ['ada', 'grace'] },
  { kind: 'approvals', have: 1, need: 2, from: 'neither authors nor asker' },
  { kind: 'approvals', have: 0, need: 1, from: 'not its authors', lastPush: '3f2c1ab0000' },
  { kind: 'failing checks', names: ['build', 'lint'] },
  { kind: 'pending checks', names: ['build'] },
  { kind: 'checks not started', sha: '3f2c1ab0000', overdue: false },
  { kind: 'checks not started', sha: '3f2c1ab0000', overdue: true },
  { kind: 'checks missing', names: ['build', 'docs'], asked: true, overdue: false },
  { kind: 'checks missing', names: ['build', 'docs'], asked: true, overdue: true },
  { kind: 'checks missing', names: ['build'], asked: false, overdue: true },
  { kind: 'settling', sha: '3f2c1ab0000' },
  { kind: 'base failing', branch: 'main', names: ['build'] },
  { kind: 'override would end' },
  { kind: 'left queue', by: null, reason: 'failed_checks' },
  { kind: 'left queue', by: null, reason: 'queue_cleared' },
  { kind: 'left queue', by: null, reason: null },
  { kind: 'left queue', by: null, reason: 'merged' },
  { kind: 'left queue', by: 'grace', reason: 'manual' },
  { kind: 'update refused', sentence: 'Merge commits are not allowed here.' },
  { kind: 'unread', what: 'its reviews', why: '502' },
];

describe('what is said of each reason, and what unblocks it', () => {
  test.each(REASONS.map((reason) => [say(reason), reason] as const))('%s', (_, reason) => {
    expect([say(reason), ...wayOut(reason, '/subagent')].join('\n')).toMatchSnapshot();
  });

  test('no sentence ends in a full stop or begins with a slash, and each way out is a sentence', () => {
    for (const reason of REASONS) {
      expect(say(reason)).not.toMatch(/\.$|^\//m);
      expect(wayOut(reason, '/subagent').length).toBeGreaterThan(0);
      for (const way of wayOut(reason, '/subagent')) expect(way).toMatch(/^[^/].*\.$/);
    }
  });

  test('commands are named as the settings have them', () => {
    const ways = REASONS.flatMap((reason) => wayOut(reason, '/bot')).join('\n');
    expect(ways).not.toContain('/subagent ');
    expect(ways).toContain('`/bot unhold`');
  });
});
