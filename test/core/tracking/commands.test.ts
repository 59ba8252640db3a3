import { describe, expect, test } from '@jest/globals';
import { displacedBody } from '../../../src/core/membership/adopted.js';
import { START, aPull, aSnapshot, anIssue, person } from '../../support/view-builder.js';
import { blocks, bodyOf, deployed } from './blocks.js';
import { complete, halfWay, justDeployed } from './reference.js';

const lines = (block = '') => block.trimEnd().split('\n');

describe('the shell commands', () => {
  test('make a clone from the server’s own address and a worktree beside it for each that has a branch', () => {
    const issues = [anIssue(4), anIssue(8)];
    const url = 'https://git.example.com:8443/acme/market';
    const body = bodyOf(aSnapshot({ issues, pulls: [aPull(28, issues[1]!)], repository: { url } }));
    expect(lines(blocks(body, 'sh')[0])).toEqual([
      `[ -d market ] || git clone ${url}.git market`,
      'git -C market fetch --prune origin',
      '[ -d main-issue-8 ] || git -C market worktree add ../main-issue-8 feature/issue-8',
    ]);
    expect(body).toContain('Left out, since they have no branch: [#4](../issues/4).');
    expect(body).toContain('like `main-issue-8`, by the task file in it, `.agents/subagent_issue_8.md`;');
  });

  test('call the clone otherwise where a worktree has its name or git would take it for an option', () => {
    const config = 'worktree: "market-{number}"\n';
    const named = (name: string) =>
      lines(blocks(bodyOf(deployed([8], { config, repository: { name } })), 'sh')[0])[0];
    expect(named('acme/market-8')).toMatch(/^\[ -d clone-of-market-8 \] \|\| .* clone-of-market-8$/);
    expect(named('acme/market-9')).toMatch(/^\[ -d market-9 \] \|\| .* market-9$/);
    expect(named('acme/-c')).toMatch(/^\[ -d clone-of--c \] \|\| .* clone-of--c$/);
  });

  test('watch every branch of the deployment, also one that was adopted', () => {
    const issue = anIssue(8);
    const adopted = aPull(45, issue, {
      author: person('linus'),
      head: { branch: 'fix/lock', sha: 'f'.repeat(40), sameRepository: true },
    });
    const draft = aPull(28, issue, {
      state: 'closed',
      closedAt: START,
      body: displacedBody('Closes #8', 45),
    });
    const monitor = blocks(bodyOf(deployed([8], { pulls: [draft, adopted] })), 'sh')[1] ?? '';
    expect(monitor).toContain("--all '*feature/issue-*' '*fix/lock'\n");
    expect(monitor).toContain('for tree in main-issue-8; do\n');
  });

  test('clean up after what is over, and after nothing else', () => {
    const [start = '', , clean = ''] = blocks(bodyOf(halfWay()), 'sh');
    expect(start).not.toContain('main-issue-8');
    expect(lines(clean).filter((line) => line.startsWith('clean '))).toEqual([
      'clean main-issue-8 feature/issue-8 21',
    ]);
    expect(blocks(bodyOf(justDeployed()), 'sh')).toHaveLength(2);
    expect(blocks(bodyOf(complete()), 'sh')).toHaveLength(1);
  });

  test('give people’s names as one word each, and no title at all', () => {
    const config = `branch: "a/$(x)'{number}"\nworktree: "it's {base} {number}"\n`;
    const issue = anIssue(8, { title: 'TITLE' });
    const pull = aPull(28, issue, {
      head: { branch: "a/$(x)'8", sha: 'f'.repeat(40), sameRepository: true },
    });
    const all = blocks(bodyOf(deployed([8], { config, issues: [issue], pulls: [pull] })), 'sh').join('');
    expect(all).toContain(`worktree add '../it'\\''s main 8' 'a/$(x)'\\''8'\n`);
    expect(all).toContain(`'*a/$(x)'\\''*'\n`);
    expect(all).toContain(`for tree in 'it'\\''s main 8'; do`);
    expect(all).not.toContain('TITLE');
  });
});
