import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { addComment } from '../../src/domain/issues/comments.js';
import { deleteIssue } from '../../src/domain/issues/delete.js';
import { addBlockedBy, dependenciesOf } from '../../src/domain/issues/dependencies.js';
import { editIssue } from '../../src/domain/issues/edit.js';
import { pinIssue } from '../../src/domain/issues/pins.js';
import { addReaction } from '../../src/domain/issues/reactions.js';
import { checkWebhook } from '../../src/schema/webhooks.js';
import { buildPayload } from '../../src/webhooks/payload.js';
import { createTestWorld } from '../support/world.js';
import { type TestWorld, ask, newest, openIssue, openPull, outcome, takeEvents } from './issues-support.js';

let world: TestWorld;
beforeEach(async () => {
  world = await createTestWorld();
});
afterEach(() => world.close());

const PEOPLE = ['ada', 'grace', 'linus', 'tove', 'olaf', 'app', 'nobody'] as const;

/** What is asked of the deleted issue through the API. */
const asked = (operation: string, number: number, body?: object) =>
  ask(world.as('ada'), operation, { path: { issue_number: number }, body });

test('administrators delete an issue, and nobody else', () => {
  const outcomes = PEOPLE.map((who) => outcome(() => deleteIssue(world.as(who), openIssue(world))));
  expect(outcomes).toEqual(['allowed', '403', '403', '403', '403', '403', '401']);
  expect(outcome(() => deleteIssue(world.as('ada'), openPull(world)))).toBe('404');
});

test('what was written on it goes with it, and its number is not given again', async () => {
  const issue = openIssue(world);
  const comment = addComment(world.as('tove'), issue, 'I am here');
  addReaction(world.as('tove'), { kind: 'comment', row: comment }, '+1');
  editIssue(world.as('ada'), issue, { body: 'other words' });
  pinIssue(world.as('ada'), newest(world, issue));
  const other = openIssue(world);
  addComment(world.as('tove'), other, 'stays');
  deleteIssue(world.as('ada'), newest(world, issue));
  const { issues, comments, reactions, edits } = world.world.store.state;
  expect(Object.values(issues).map(({ number }) => number)).toEqual([other.number]);
  expect(Object.values(comments).map(({ body }) => body)).toEqual(['stays']);
  expect([Object.values(reactions), Object.values(edits), world.repository().pinned]).toEqual([[], [], []]);
  expect(openIssue(world).number).toBe(other.number + 1);
  await expect(asked('issues/get', issue.number)).rejects.toMatchObject({
    status: 410,
    message: 'This issue was deleted',
  });
  await expect(asked('issues/create-comment', issue.number, { body: 'hi' })).rejects.toMatchObject({
    status: 410,
  });
});

test('its dependencies go, and the timeline of the other end keeps them without the issue', async () => {
  const [blocked, blocking] = [openIssue(world), openIssue(world)];
  addBlockedBy(world.as('linus'), blocked, blocking);
  deleteIssue(world.as('ada'), newest(world, blocking));
  expect(dependenciesOf(world.world.view(), newest(world, blocked))).toEqual({ blockedBy: [], blocking: [] });
  const { body } = await asked('issues/list-events-for-timeline', blocked.number);
  expect(body).toEqual([expect.objectContaining({ event: 'blocked_by_added' })]);
  expect(body).not.toEqual([expect.objectContaining({ blocked_by: expect.anything() })]);
});

test('that is told once, with the issue as it was', async () => {
  const [blocked, blocking] = [openIssue(world), openIssue(world)];
  addBlockedBy(world.as('linus'), blocked, blocking);
  world.events.splice(0);
  deleteIssue(world.as('ada'), newest(world, blocking));
  const [event] = world.events;
  const payload = await buildPayload(event!, world.world.view());
  expect(takeEvents(world)).toEqual(['issues.deleted by ada']);
  expect(payload).toMatchObject({ action: 'deleted', issue: { number: blocking.number, state: 'open' } });
  expect(checkWebhook('issues', { ...payload, installation: { id: 2001, node_id: 'x' } })).toEqual([]);
});
