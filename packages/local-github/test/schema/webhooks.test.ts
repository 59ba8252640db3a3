import { describe, expect, test } from '@jest/globals';
import { describeViolation } from '../../src/schema/violation.js';
import { checkWebhook } from '../../src/schema/webhooks.js';

function check(event: string, payload: unknown): readonly string[] {
  return checkWebhook(event, payload).map(describeViolation);
}

const api = 'https://api.github.com/users/ada';
const sender = {
  login: 'ada',
  id: 1,
  node_id: 'U_1',
  avatar_url: 'https://avatars.githubusercontent.com/u/1',
  gravatar_id: '',
  url: api,
  html_url: 'https://github.com/ada',
  followers_url: `${api}/followers`,
  following_url: `${api}/following{/other_user}`,
  gists_url: `${api}/gists{/gist_id}`,
  starred_url: `${api}/starred{/owner}{/repo}`,
  subscriptions_url: `${api}/subscriptions`,
  organizations_url: `${api}/orgs`,
  repos_url: `${api}/repos`,
  events_url: `${api}/events{/privacy}`,
  received_events_url: `${api}/received_events`,
  type: 'User',
  site_admin: false,
};

describe('webhooks', () => {
  test('a correct payload passes', () => {
    expect(check('github_app_authorization', { action: 'revoked', sender })).toEqual([]);
  });

  test('missing, unknown and mistyped keys are caught at every depth', () => {
    const { type: _, ...typeless } = sender;
    expect(
      check('github_app_authorization', {
        action: 'revoked',
        sender: { ...typeless, id: '1', role: 'x' },
        more: 1,
      }),
    ).toEqual([
      expect.stringMatching(
        /^github_app_authorization\.revoked: webhook sender\.role: expected no such key; /,
      ),
      'github_app_authorization.revoked: webhook more: expected no such key; documented: action, sender, got 1 (number)',
      'github_app_authorization.revoked: webhook sender.type: expected a value, it is required, got nothing',
      'github_app_authorization.revoked: webhook sender.id: expected integer, got "1" (string)',
    ]);
  });

  test('an unknown action, an unknown event and a payload without its action are caught', () => {
    expect(check('issues', { action: 'zapped' })).toEqual([
      'issues.zapped: webhook action: expected an action that GitHub documents for the event issues, ' +
        'got "zapped" (string)',
    ]);
    expect(check('isues', { action: 'opened' })).toHaveLength(1);
    expect(check('issues', {})).toEqual([
      'issues: webhook: expected an action that GitHub documents for the event issues, got nothing',
    ]);
  });

  test.each([
    ['issues', 'labeled', 'issue'],
    ['issue_comment', 'created', 'comment'],
    ['pull_request', 'synchronize', 'pull_request'],
    ['pull_request_review', 'submitted', 'review'],
    ['check_run', 'completed', 'check_run'],
    ['check_suite', 'requested', 'check_suite'],
    ['merge_group', 'checks_requested', 'merge_group'],
    ['installation_repositories', 'added', 'installation'],
    ['repository_dispatch', 'whatever-a-sender-chose', 'client_payload'],
    ['push', undefined, 'commits'],
    ['status', undefined, 'sha'],
    ['delete', undefined, 'ref'],
    ['workflow_dispatch', undefined, 'inputs'],
  ])('the schema of %s %s asks for %s', (event, action, key) => {
    const missing = checkWebhook(event, action === undefined ? {} : { action });
    expect(missing.map((violation) => violation.at)).toContain(key);
    expect(missing.map((violation) => violation.at)).not.toContain('action');
  });

  test("a user's repository has no organization in issue_dependencies", () => {
    const missing = checkWebhook('issue_dependencies', { action: 'blocking_added' });
    expect(missing.map((violation) => violation.at).sort()).toEqual(
      [
        'blocked_issue',
        'blocked_issue_id',
        'blocked_issue_repo',
        'blocking_issue',
        'blocking_issue_id',
      ].concat(['repository', 'sender']),
    );
  });
});
