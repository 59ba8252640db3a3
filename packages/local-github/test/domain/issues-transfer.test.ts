import { afterEach, beforeEach, expect, test } from '@jest/globals';

import { addRepository } from '../../src/domain/bootstrap.js';
import { addComment } from '../../src/domain/issues/comments.js';
import { addBlockedBy, dependenciesOf } from '../../src/domain/issues/dependencies.js';
import { editIssue } from '../../src/domain/issues/edit.js';
import { pinIssue } from '../../src/domain/issues/pins.js';
import { addReaction } from '../../src/domain/issues/reactions.js';
import { transferIssue } from '../../src/domain/issues/transfer.js';
import { checkWebhook } from '../../src/schema/webhooks.js';
import type { Issue, Repository, Role } from '../../src/state/model.js';
import { buildPayload } from '../../src/webhooks/payload.js';
import { ask as askGraphql, data } from '../graphql/support.js';
import { createTestWorld } from '../support/world.js';
import { type TestWorld, ask, newest, openIssue, outcome, takeEvents, timeline } from './issues-support.js';

let world: TestWorld;
let shop: Repository;
beforeEach(async () => {
  world = await createTestWorld();
  shop = await another('shop');
});
afterEach(() => world.close());

/** Another repository of acme, with the same people but for `roles`. */
async function another(name: string, roles: Readonly<Record<number, Role>> = {}): Promise<Repository> {
  const { ownerId, roles: same } = world.repository();
  return addRepository(world.world, { ownerId, name, roles: { ...same, ...roles } });
}

function move(issue: Issue, target = shop, createLabels = false): Issue {
  return transferIssue(world.as('linus'), newest(world, issue), target, createLabels);
}

test('people with write in both repositories transfer an issue, and nobody else', async () => {
  const who = ['ada', 'grace', 'linus', 'tove', 'olaf', 'app', 'nobody'] as const;
  const outcomes = who.map((one) =>
    outcome(() => transferIssue(world.as(one), openIssue(world), shop, false)),
  );
  expect(outcomes).toEqual(['allowed', 'allowed', 'allowed', '403', '403', '403', '401']);
  const closed = await another('closed', { [world.people.linus.id]: 'read' });
  expect(outcome(() => move(openIssue(world), closed))).toBe('403');
  expect(outcome(() => move(openIssue(world), world.repository()))).toBe('422');
});

test('it has a new number and id there, and keeps what was written', async () => {
  const issue = openIssue(world, { title: 'Wanders' });
  const comment = addComment(world.as('tove'), issue, 'I was here');
  addReaction(world.as('linus'), { kind: 'comment', row: comment }, '+1');
  editIssue(world.as('ada'), issue, { body: 'other words', labels: ['bug'], assignees: ['linus'] });
  pinIssue(world.as('ada'), newest(world, issue));
  const moved = move(issue);
  expect(moved).toMatchObject({ number: 1, title: 'Wanders', body: 'other words', labelIds: [] });
  expect(moved.id).not.toBe(issue.id);
  expect(moved.createdAt).toBe(issue.createdAt);
  expect(timeline(world, moved)).toContain('transferred by linus');
  expect(timeline(world, moved)).toContain('labeled by ada');
  const path = { repo: 'shop', issue_number: 1 };
  const { body } = await ask(world.as('ada'), 'issues/list-comments', { path });
  expect(body).toEqual([expect.objectContaining({ body: 'I was here', id: comment.id })]);
  expect(world.repository().pinned).toEqual([]);
});

test('labels come along where the other repository has them, or where they may be made', () => {
  const [one, other] = [openIssue(world), openIssue(world)];
  for (const issue of [one, other]) editIssue(world.as('ada'), issue, { labels: ['bug'] });
  const names = (issue: Issue) => issue.labelIds.map((id) => world.world.store.state.labels[id]!.name);
  expect(names(move(one, shop, false))).toEqual([]);
  expect(names(move(other, shop, true))).toEqual(['bug']);
});

test('REST redirects its old address, also over several transfers, and has nothing below it', async () => {
  const issue = openIssue(world);
  const path = { issue_number: issue.number };
  const third = await another('third');
  const moved = move(move(issue), third);
  const to = 'http://127.0.0.1:1/repos/acme/third/issues/1';
  for (const [operation, body] of [['issues/get'], ['issues/update', { title: 'x' }]] as const) {
    const refusal = ask(world.as('ada'), operation, { path, body });
    await expect(refusal).rejects.toMatchObject({ status: 301, location: to });
  }
  await expect(ask(world.as('ada'), 'issues/list-comments', { path })).rejects.toMatchObject({ status: 404 });
  const comment = ask(world.as('ada'), 'issues/create-comment', { path, body: { body: 'hi' } });
  await expect(comment).rejects.toMatchObject({ status: 404 });
  expect(moved.number).toBe(1);
  expect(openIssue(world).number).toBe(issue.number + 1);
});

test('GraphQL finds it only at its new place', async () => {
  const issue = openIssue(world);
  const { nodes } = await data(
    world.as('ada'),
    `{ repository(owner: "acme", name: "market") { id issue(number: ${issue.number}) { id } } shop: repository(owner: "acme", name: "shop") { id } }`,
  ).then((all) => ({ nodes: all }));
  const answer = await askGraphql(
    world.as('linus'),
    `mutation ($issue: ID!, $to: ID!) {
      transferIssue(input: { issueId: $issue, repositoryId: $to }) {
        issue {
          number
          repository { name }
          timelineItems(last: 1) { nodes { ... on TransferredEvent { actor { login } fromRepository { name } } } }
        }
      }
    }`,
    { issue: nodes.repository.issue.id, to: nodes.shop.id },
  );
  expect(answer.data.transferIssue.issue).toEqual({
    number: 1,
    repository: { name: 'shop' },
    timelineItems: { nodes: [{ actor: { login: 'linus' }, fromRepository: { name: 'market' } }] },
  });
  const asked = await askGraphql(
    world.as('ada'),
    `{ repository(owner: "acme", name: "market") { issue(number: ${issue.number}) { id } } node(id: "${nodes.repository.issue.id}") { id } }`,
  );
  expect(asked.data).toEqual({ repository: { issue: null }, node: null });
  expect(asked.errors?.map(({ type }) => type)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
});

test('its dependencies name it where it is now', () => {
  const [blocked, blocking] = [openIssue(world), openIssue(world)];
  addBlockedBy(world.as('linus'), blocked, blocking);
  const moved = move(blocking);
  const { blockedBy } = dependenciesOf(world.world.view(), newest(world, blocked));
  expect(blockedBy.map(({ id }) => id)).toEqual([moved.id]);
});

test('both repositories are told', async () => {
  const issue = openIssue(world);
  world.events.splice(0);
  move(issue);
  const payloads = await Promise.all(world.events.map((event) => buildPayload(event, world.world.view())));
  expect(takeEvents(world)).toEqual(['issues.transferred by linus', 'issues.opened by linus']);
  expect(payloads[0]).toMatchObject({
    issue: { number: issue.number },
    changes: { new_issue: { number: 1 }, new_repository: { name: 'shop' } },
    repository: { name: 'market' },
  });
  expect(payloads[1]).toMatchObject({
    issue: { number: 1 },
    changes: { old_issue: { number: issue.number }, old_repository: { name: 'market' } },
    repository: { name: 'shop' },
  });
  const installation = { id: 2001, node_id: 'x' };
  expect(payloads.map((payload) => checkWebhook('issues', { ...payload, installation }))).toEqual([[], []]);
});
