import { expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import type { TaskRecord } from '../../../src/core/task/trailers.js';
import { parseTaskTrailers, renderTaskCommit } from '../../../src/core/task/trailers.js';

const RECORD: TaskRecord = {
  issue: 8,
  bodySha256: 'a'.repeat(64),
  approvedBy: 'linus',
  approvedAt: '2026-01-05T10:00:00Z',
  approvalEvent: 'LE_lADOAbc=',
};

function messageOf(record: TaskRecord): string {
  const { headline, body } = renderTaskCommit(record);
  return `${headline}\n\n${body}`;
}

test('the message of a task commit', () => {
  expect(messageOf(RECORD)).toMatchSnapshot();
});

test.each([
  ['a person', RECORD],
  ['a bot', { ...RECORD, approvedBy: 'helper[bot]' }],
  [
    'an enterprise account, without an event',
    { ...RECORD, approvedBy: 'ada_acme', approvalEvent: undefined },
  ],
])('the record of an approval by %s comes back from the message', (_, record) => {
  expect(parseTaskTrailers(messageOf(record))).toEqual(record);
  expect(parseTaskTrailers(`${messageOf(record)}\n`.replaceAll('\n', '\r\n'))).toEqual(record);
});

test('git reads the same trailers', () => {
  const read = execFileSync('git', ['interpret-trailers', '--parse'], {
    input: messageOf(RECORD),
    encoding: 'utf8',
  });
  expect(read.trim().split('\n')).toEqual(messageOf(RECORD).split('\n').slice(-5));
});

test.each([
  ['a trailer is missing', (text: string) => text.replace(/Approved-By: .*\n/, '')],
  ['a trailer is there twice', (text: string) => `${text}\nApproved-By: olaf`],
  ['a digest is short', (text: string) => text.replace('aaaa', 'a')],
  ['the issue is no number', (text: string) => text.replace('#8', '#eight')],
  ['the time is no time', (text: string) => text.replace('2026-01-05T10:00:00Z', 'yesterday')],
  ['the event cannot be read', (text: string) => text.replace('LE_lADOAbc=', 'x y')],
  ['the trailers are not at the end', (text: string) => `${text}\n\nMore words.`],
  ['there is only a headline', () => 'Issue: #8'],
  ['there is nothing', () => ''],
])('a message is none of a task if %s', (_, change) => {
  expect(parseTaskTrailers(change(messageOf(RECORD)))).toBeUndefined();
});

test('what could not be read back is not written', () => {
  expect(() => renderTaskCommit({ ...RECORD, approvedBy: 'ada\nApproved-By: olaf' })).toThrow('Approved-By');
  expect(() => renderTaskCommit({ ...RECORD, bodySha256: '' })).toThrow('Issue-Body-SHA256');
});
