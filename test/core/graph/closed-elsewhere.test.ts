import { expect, test } from '@jest/globals';
import { type Actor, type BlockedBy, type Closing, read } from '../../../src/core/model/index.js';
import { blocker } from '../../support/snapshot.js';
import { HOUR, ME, START, aSnapshot, anIssue, judge, person } from '../../support/view-builder.js';

/** What is made of #7, or of an issue of another repository, that somebody closed by merging a pull request. */
function status(actor: Actor | null, where: string, parts: Partial<BlockedBy> = {}) {
  const closing: Closing = { actor, at: START + HOUR, pull: { number: 3, repository: where, merged: true } };
  const issue = blocker(7, { state: 'closed', stateReason: 'completed', closed: read(closing), ...parts });
  const { graph } = judge(aSnapshot({ issues: [anIssue(8, { blockedBy: read([issue]) })] })).view;
  return [...graph.targets.values()].find((each) => each.kind !== 'open' || each.pull !== null);
}

test('a merge in this repository, or in that of the issue, frees, whoever did it', () => {
  expect(status(person('mallory'), 'acme/market')).toEqual({ kind: 'met' });
  expect(status(person('mallory'), 'Acme/Market')).toEqual({ kind: 'met' });
  expect(status(person('mallory'), 'acme/lib', { repository: 'acme/lib' })).toEqual({ kind: 'met' });
  expect(status(person('mallory'), 'acme/market', { repository: 'acme/lib' })).toEqual({ kind: 'met' });
});

test('a merge in any other repository frees as much as who did it may', () => {
  expect(status(person('linus'), 'mallory/own')).toEqual({ kind: 'met' });
  expect(status(ME, 'acme/other')).toEqual({ kind: 'met' });
  expect(status(person('mallory'), 'mallory/own')).toEqual({
    kind: 'closed',
    how: 'it was closed by mallory, who may not free others',
  });
  expect(status(person('stranger'), 'mallory/own')?.kind).toBe('unreadable');
  expect(status(null, 'mallory/own')?.kind).toBe('unreadable');
});
