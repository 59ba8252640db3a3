import { describe, expect, test } from '@jest/globals';
import { checkRequest, checkResponse } from '../../src/schema/rest.js';
import { describeViolation } from '../../src/schema/violation.js';

const repo = { owner: 'acme', repo: 'market' };

function request(operationId: string, body?: unknown, query = {}, params = {}): readonly string[] {
  return checkRequest(operationId, { params: { ...repo, ...params }, query, body }).map(describeViolation);
}

function answer(operationId: string, status: number, body?: unknown): readonly string[] {
  return checkResponse(operationId, status, body).map(describeViolation);
}

const label = {
  id: 1,
  node_id: 'LA_1',
  url: 'https://api.github.com/repos/acme/market/labels/deploy',
  name: 'deploy',
  color: 'ededed',
  default: false,
  description: null,
};

describe('requests', () => {
  test('a correct request has no violation, with texts read as numbers and booleans', () => {
    expect(request('issues/create', { title: 'A', milestone: null, labels: ['a', { name: 'b' }] })).toEqual(
      [],
    );
    expect(
      request('issues/list-for-repo', undefined, { per_page: '50', state: 'all', labels: 'a,b' }),
    ).toEqual([]);
    expect(request('issues/get', undefined, {}, { issue_number: '8' })).toEqual([]);
    expect(request('repos/list-branches', undefined, { protected: 'true' })).toEqual([]);
  });

  test('an unknown query key is caught', () => {
    expect(request('issues/list-for-repo', undefined, { sate: 'open' })).toEqual([
      'issues/list-for-repo: query sate: expected no such key; documented: milestone, state, assignee, type, ' +
        'creator, mentioned, issue_field_values, labels, sort, direction, since, per_page and 1 more, got "open" (string)',
    ]);
  });

  test('an unknown body key is caught at every depth', () => {
    expect(request('repos/merge', { base: 'main', head: 'a', message: 'm' })).toEqual([
      'repos/merge: body message: expected no such key; documented: base, head, commit_message, got "m" (string)',
    ]);
    const output = { title: 't', summary: 's', annotations: [], body: 'x' };
    expect(request('checks/create', { name: 'gate', head_sha: 'f00', output })).toEqual([
      'checks/create: body output.body: expected no such key; documented: title, summary, text, annotations, ' +
        'images, got "x" (string)',
    ]);
    expect(request('issues/update', { labels: [{ nmae: 'a' }] }, {}, { issue_number: 8 })[0]).toMatch(
      /^issues\/update: body labels\[0\]\.nmae: expected no such key; documented: id, name, /,
    );
  });

  test('a wrong type is caught', () => {
    expect(request('pulls/create', { head: 'a', base: 'main', draft: 'yes' })).toEqual([
      'pulls/create: body draft: expected boolean, got "yes" (string)',
    ]);
    expect(request('issues/get', undefined, {}, { issue_number: 'eight' })).toEqual([
      'issues/get: path issue_number: expected integer, got "eight" (string)',
    ]);
    expect(request('issues/list-for-repo', undefined, { per_page: 'all' })).toEqual([
      'issues/list-for-repo: query per_page: expected integer, got "all" (string)',
    ]);
  });

  test('a value outside of an enum is caught', () => {
    expect(request('issues/list-for-repo', undefined, { state: 'merged' })).toEqual([
      'issues/list-for-repo: query state: expected one of "open", "closed", "all", got "merged" (string)',
    ]);
    expect(request('pulls/merge', { merge_method: 'fast-forward' }, {}, { pull_number: 21 })).toEqual([
      'pulls/merge: body merge_method: expected one of "merge", "squash", "rebase", got "fast-forward" (string)',
    ]);
  });

  test('a missing key, a missing body and a body where none belongs are caught', () => {
    expect(request('issues/create', { body: 'no title' })).toEqual([
      'issues/create: body title: expected a value, it is required, got nothing',
    ]);
    expect(request('issues/create')).toEqual(['issues/create: body: expected a JSON body, got nothing']);
    expect(request('pulls/check-if-merged', { sha: 'f00' }, {}, { pull_number: 21 })).toEqual([
      'pulls/check-if-merged: body: expected no body, got {"sha":"f00"} (object)',
    ]);
  });

  test('a union names all its alternatives, or the inside of the one that was meant', () => {
    expect(request('issues/create', { title: true })).toEqual([
      'issues/create: body title: expected string or integer, got true (boolean)',
    ]);
    expect(request('issues/create', { title: 'A', labels: [{ name: 5 }] })).toEqual([
      'issues/create: body labels[0].name: expected string, got 5 (number)',
    ]);
  });

  test('null passes only where GitHub documents it', () => {
    const issue = { issue_number: 8 };
    expect(request('issues/update', { state_reason: null, milestone: null, body: null }, {}, issue)).toEqual(
      [],
    );
    expect(request('issues/lock', null, {}, issue)).toEqual([]);
    expect(request('issues/update', { state: null }, {}, issue)).toEqual([
      'issues/update: body state: expected string, got null',
      'issues/update: body state: expected one of "open", "closed", got null',
    ]);
  });

  test('alternatives that only add conditions open nothing, and keep their condition', () => {
    const run = { check_run_id: 1 };
    expect(
      request('checks/update', { status: 'completed', conclusion: 'success', extra: 1 }, {}, run)[0],
    ).toMatch(/^checks\/update: body extra: expected no such key/);
    expect(request('checks/update', { status: 'in_progress' }, {}, run)).toEqual([]);
    expect(request('checks/update', { status: 'completed' }, {}, run)).toEqual([
      'checks/update: body conclusion: expected a value, it is required, got nothing',
      'checks/update: body status: expected one of "queued", "in_progress", got "completed" (string)',
    ]);
  });

  test('an empty list of labels is allowed where the text of the description allows it', () => {
    expect(request('issues/set-labels', { labels: [] }, {}, { issue_number: 8 })).toEqual([]);
    expect(request('issues/add-labels', { labels: [] }, {}, { issue_number: 8 })).toHaveLength(1);
  });
});

describe('answers', () => {
  test('a correct answer has no violation', () => {
    expect(answer('issues/get-label', 200, label)).toEqual([]);
    expect(answer('issues/list-labels-for-repo', 200, [label, { ...label, description: 'text' }])).toEqual(
      [],
    );
    expect(answer('issues/delete-label', 204)).toEqual([]);
    expect(answer('issues/get-label', 304)).toEqual([]);
  });

  test('missing, unknown and mistyped keys are caught', () => {
    const { color: _, ...colourless } = label;
    expect(answer('issues/get-label', 200, { ...colourless, colour: 'red', id: 'one' })).toEqual([
      'issues/get-label: response colour: expected no such key; documented: id, node_id, url, name, description, ' +
        'color, default, got "red" (string)',
      'issues/get-label: response color: expected a value, it is required, got nothing',
      'issues/get-label: response id: expected integer, got "one" (string)',
    ]);
    expect(answer('issues/list-labels-for-repo', 200, [label, { ...label, name: null }])).toEqual([
      'issues/list-labels-for-repo: response [1].name: expected string, got null',
    ]);
  });

  test('a status that GitHub documents nowhere is caught, and a body where none belongs', () => {
    expect(answer('issues/get-label', 202, label)).toEqual([
      'issues/get-label: response status: expected one of 200, 404, got 202',
    ]);
    expect(answer('issues/delete-label', 204, { ok: true })).toEqual([
      'issues/delete-label: response: expected no body, got {"ok":true} (object)',
    ]);
  });

  test.each([401, 403, 404, 422])('the common error body is allowed with %i everywhere', (status) => {
    const error = { message: 'No', documentation_url: 'https://docs.github.com/rest' };
    const errors = [{ resource: 'Issue', field: 'title', code: 'missing_field' }, 'Plain words'];
    expect(answer('issues/list-labels-for-repo', status, error)).toEqual([]);
    expect(answer('issues/list-labels-for-repo', status, { ...error, status: `${status}`, errors })).toEqual(
      [],
    );
    expect(answer('repos/get-branch-rules', status, { ...error, hint: 'none' })).toEqual([
      `repos/get-branch-rules: response hint: expected no such key; documented: message, documentation_url, ` +
        `status, errors, got "none" (string)`,
    ]);
    expect(answer('repos/get-branch-rules', status, { documentation_url: 'x' })).toEqual([
      'repos/get-branch-rules: response message: expected a value, it is required, got nothing',
    ]);
  });

  test('a 404 that is documented without a body may come with and without one', () => {
    expect(answer('pulls/check-if-merged', 404)).toEqual([]);
    expect(answer('pulls/check-if-merged', 404, { message: 'Not Found', documentation_url: 'x' })).toEqual(
      [],
    );
    expect(answer('pulls/check-if-merged', 404, { merged: false })).toHaveLength(1);
  });

  test('an installation has the keys of its account, not those of a user and an enterprise at once', () => {
    const missing = answer('apps/list-installations', 200, [{ account: { login: 1 } }]);
    expect(missing).toContain(
      'apps/list-installations: response [0].account.login: expected string, got 1 (number)',
    );
    expect(missing.filter((line) => line.includes('account.slug'))).toEqual([]);
  });

  test('an answer that may be one of several things passes as each', () => {
    const reaction = {
      id: 1,
      node_id: 'RE_1',
      user: null,
      content: '+1',
      created_at: '2026-01-05T10:00:00Z',
    };
    expect(answer('reactions/create-for-issue', 201, reaction)).toEqual([]);
    expect(answer('reactions/create-for-issue', 201, { ...reaction, user: {} }).length).toBeGreaterThan(5);
    expect(answer('reactions/create-for-issue', 201, { ...reaction, created_at: 'today' })).toEqual([
      'reactions/create-for-issue: response created_at: expected the format date-time, got "today" (string)',
    ]);
  });
});
