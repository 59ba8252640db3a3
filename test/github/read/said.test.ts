import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

import { marker } from '../../../src/core/names/markers.js';
import { type Reading, startReading } from './support.js';

jest.setTimeout(60_000);

let github: Reading;
beforeAll(async () => {
  github = await startReading();
});
afterAll(() => github.close());

const said = (cause: string) => `Words.\n\n${marker('said', { cause })}`;

test('what the app has said is found on further pages, too, and nobody else’s words are', async () => {
  const say = (who: 'app' | 'writer', number: number, body: string) =>
    github.as(who)('POST', `/issues/${number}/comments`, { body });
  await say('app', 5, said('told-ready'));
  await say('writer', 5, said('told-merged'));
  await say('app', 5, `In a line: ${marker('said', { cause: 'told-failing' })}`);
  await say('app', 5, said('told-conflict'));
  await say('app', 8, 'Without a cause.');

  // As if a page had one comment: what is left of the first one comes with the next.
  let cut: unknown[] = [];
  const reader = github.newReader((name, _, answer) => {
    if (name === 'MoreSaid') answer.data.repository.thread.comments.nodes = cut;
    const { comments } = name === 'Said' ? answer.data.repository.a0 : {};
    if (comments !== undefined) {
      cut = comments.nodes.splice(0, comments.nodes.length - 1);
      comments.pageInfo.hasPreviousPage = true;
    }
    return answer;
  });
  const snapshot = await reader.read();
  expect(snapshot.said).toEqual({ known: {}, asked: {} });
  const at = expect.any(Number);
  const asked = {
    5: {
      kind: 'read',
      value: [
        { cause: 'told-ready', at },
        { cause: 'told-conflict', at },
      ],
    },
    8: { kind: 'read', value: [] },
  };
  expect((await reader.readSaid(snapshot, [5, 8])).said.asked).toEqual(asked);
  expect((await reader.read()).said).toEqual({ known: { 5: ['told-ready', 'told-conflict'] }, asked: {} });
});

test('what is left out of an answer, and what is not there, is unreadable', async () => {
  const reader = github.newReader((name, _, answer) => {
    if (name === 'Said') answer.data.repository.a0.comments.nodes[0] = null;
    return answer;
  });
  const { said: found } = await reader.readSaid(await reader.read(), [5, 99]);
  expect(found.asked[5]).toMatchObject({ kind: 'unreadable', why: 'GitHub left a part of the comments out' });
  expect(found.asked[99]?.kind).toBe('unreadable');
});
