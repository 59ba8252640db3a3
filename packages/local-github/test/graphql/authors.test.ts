import { expect, test } from '@jest/globals';

import { startGithub } from '../support/github.js';

test('a commit names its author, its co-authors and who committed it', async () => {
  const github = await startGithub();
  const message = 'Work\n\nCo-authored-by: Somebody <somebody@example.com>';
  const content = Buffer.from('x').toString('base64');
  const put = await github.repo('writer', 'PUT', '/contents/x.txt', { message, content });
  const oid = put.body.commit.sha;
  const query = `query($oid: GitObjectID!) { repository(owner: "acme", name: "market") { object(oid: $oid) { ... on Commit {
    authors(first: 5) { totalCount nodes { name user { login } } } committer { name user { login } }
    signature { isValid wasSignedByGitHub }
  } } } }`;
  const { body } = await github.ask('writer', 'POST', '/graphql', { query, variables: { oid } });
  expect(body.data.repository.object).toEqual({
    authors: {
      totalCount: 2,
      nodes: [
        { name: 'linus', user: { login: 'linus' } },
        { name: 'Somebody', user: null },
      ],
    },
    committer: { name: 'GitHub', user: null },
    signature: { isValid: true, wasSignedByGitHub: true },
  });
  await github.close();
});
