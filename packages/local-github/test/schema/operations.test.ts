import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { appRoutes } from '../../src/rest/routes/apps.js';
import { deliveryRoutes } from '../../src/rest/routes/deliveries.js';
import { rateLimitRoutes } from '../../src/rest/routes/rate-limit.js';
import { routeTable } from '../../src/rest/table.js';
import { matchOperation, nameOperation, servedOperation } from '../../src/schema/operations.js';
import { checkRequest, checkResponse } from '../../src/schema/rest.js';

const file = new URL('../../schema/served-operations.txt', import.meta.url);
const served = readFileSync(file, 'utf8').split('\n').filter(Boolean);

describe('naming operations', () => {
  test.each([
    ['GET', '/user', 'users/get-authenticated'],
    ['get', '/repos/acme/market/issues?state=all', 'issues/list-for-repo'],
    ['GET', '/repos/acme/market/issues/comments', 'issues/list-comments-for-repo'],
    ['GET', '/repos/acme/market/issues/8', 'issues/get'],
    [
      'DELETE',
      '/repos/acme/market/issues/8/dependencies/blocked_by/77',
      'issues/remove-dependency-blocked-by',
    ],
    ['GET', '/repos/acme/market/contents/src/a.py', 'repos/get-content'],
    ['GET', '/repos/acme/market/contents/', 'repos/get-content'],
    ['GET', '/repos/acme/market/git/ref/heads/feature/issue-8', 'git/get-ref'],
    ['GET', '/repos/acme/market/git/ref/heads%2Ffeature%2Fissue-8', 'git/get-ref'],
    ['GET', '/repos/acme/market/git/matching-refs/heads/feature/', 'git/list-matching-refs'],
    ['GET', '/repos/acme/market/commits/feature/issue-8/check-runs', 'checks/list-for-ref'],
    ['GET', '/repos/acme/market/commits/feature/issue-8', 'repos/get-commit'],
    ['PUT', '/repos/acme/market/branches/release/1.0/protection', 'repos/update-branch-protection'],
    ['GET', '/repos/acme/market/compare/main...feature/issue-8', 'repos/compare-commits-with-basehead'],
    ['GET', '/app/hook/deliveries', 'apps/list-webhook-deliveries'],
    ['GET', '/orgs/acme/teams', 'teams/list'],
    ['PUT', '/repos/acme/market/pulls/21/merge-async', 'pulls/merge-async'],
  ])('%s %s is %s', (method, path, operationId) => {
    expect(nameOperation(method, path)).toBe(operationId);
  });

  test.each([
    ['GET', '/repos/acme/market/isues'],
    ['GET', '/repos//market'],
    ['PATCH', '/repos/acme/market/issues'],
    ['BREW', '/user'],
    ['GET', 'user'],
    ['GET', '/repos/acme/market/issues/%E0%A4%A'],
  ])('%s %s is no operation of GitHub', (method, path) => {
    expect(nameOperation(method, path)).toBeUndefined();
  });

  test('the root folder has its address with and without a slash at the end', () => {
    for (const path of ['/repos/acme/market/contents', '/repos/acme/market/contents/?ref=main']) {
      expect(matchOperation('GET', path)).toMatchObject({
        operationId: 'repos/get-content',
        params: { path: '' },
      });
    }
  });

  test('parameters come decoded, with their slashes', () => {
    expect(matchOperation('PATCH', '/repos/acme/market/git/refs/heads%2Ffeature/issue-8?x=1')).toEqual({
      operationId: 'git/update-ref',
      params: { owner: 'acme', repo: 'market', ref: 'heads/feature/issue-8' },
    });
  });
});

describe('served operations', () => {
  test('are those of the list, neither more nor fewer', () => {
    const unused = {} as never;
    const table = routeTable([appRoutes(unused), deliveryRoutes(unused, unused), rateLimitRoutes(unused, 1)]);
    expect([...table.keys()].sort()).toEqual(served.toSorted());
  });

  test('only those of the list are served', () => {
    expect(servedOperation('issues/create')).toMatchObject({
      method: 'POST',
      path: '/repos/{owner}/{repo}/issues',
      body_required: true,
    });
    expect(servedOperation('teams/list')).toBeUndefined();
    expect(servedOperation('toString')).toBeUndefined();
    expect(() => checkRequest('teams/list', { params: {}, query: {}, body: undefined })).toThrow(
      'teams/list is not in schema/served-operations.txt',
    );
  });

  test.each(served)('the schemas of %s compile, and its path leads to it', (operationId) => {
    const operation = servedOperation(operationId)!;
    const path = operation.path.replaceAll(/\{\+?[^}]+\}/g, '1');
    expect(nameOperation(operation.method, path)).toBe(operationId);
    const missing = checkRequest(operationId, { params: {}, query: {}, body: { nobody: 'knows' } });
    const required = operation.path_parameters.required ?? [];
    const path_findings = missing.filter((violation) => violation.where === 'path');
    expect(path_findings.map((violation) => violation.at)).toEqual(required);
    for (const status of Object.keys(operation.responses)) {
      // 12 is what no answer of GitHub is.
      expect(checkResponse(operationId, Number(status), 12)).not.toEqual([]);
    }
  });
});
