import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { receiveWebhooks, startGithub, type Who } from '../support/github.js';

let github: Awaited<ReturnType<typeof startGithub>>;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clones-'));
  github = await startGithub();
});
afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

const run = promisify(execFile);

async function git(...args: string[]): Promise<string> {
  const identity = [
    '-c',
    'user.name=Linus',
    '-c',
    'user.email=linus@example.org',
    '-c',
    'credential.helper=',
  ];
  const env = { ...process.env, GIT_TERMINAL_PROMPT: '0' };
  const { stdout, stderr } = await run('git', [...identity, ...args], { cwd: folder, env });
  return stdout + stderr;
}

function address(who: Exclude<Who, 'app' | 'jwt'>): string {
  return who === 'nobody'
    ? github.info.git
    : github.info.git.replace('://', `://someone:${github.info.tokens[who]!}@`);
}

async function commit(clone: string, file: string): Promise<string> {
  await writeFile(join(folder, clone, file), `${file}\n`);
  await git('-C', clone, 'add', '.');
  await git('-C', clone, 'commit', '-qm', `Add ${file}`);
  return (await git('-C', clone, 'rev-parse', 'HEAD')).trim();
}

const head = async () => (await git('ls-remote', github.info.git, 'refs/heads/main')).split('\t')[0];

describe('git over HTTP', () => {
  test('clones a public repository without a token', async () => {
    await git('clone', '-q', address('nobody'), 'read');
    expect(await readFile(join(folder, 'read/README.md'), 'utf8')).toBe('hello');
  });

  test('pushes with any user name and a token as password, as one effect that the next read shows', async () => {
    await git('clone', '-q', address('writer'), 'write');
    const before = github.world.store.effect;
    const sha = await commit('write', 'one.txt');
    await git('-C', 'write', 'push', '-q', 'origin', 'main', 'main:feature');
    expect(await head()).toBe(sha);
    expect(github.world.store.effect).toBe(before + 1);
    const { refs } = Object.values(github.world.store.state.repositories)[0]!;
    expect(refs).toMatchObject({ 'refs/heads/main': sha, 'refs/heads/feature': sha });
  });

  test('has its effects in the next read and its webhooks queued when git’s answer ends', async () => {
    const receiver = await receiveWebhooks();
    const other = await startGithub({ webhookUrl: receiver.url });
    const url = other.info.git.replace('://', `://x:${other.info.tokens.writer!}@`);
    await git('clone', '-q', url, 'heard');
    const sha = await commit('heard', 'heard.txt');
    await git('-C', 'heard', 'push', '-q', 'origin', 'HEAD:heard');
    const ref = await other.repo('nobody', 'GET', '/git/ref/heads/heard');
    expect(ref.body.object.sha).toBe(sha);
    await other.settle();
    expect(receiver.received.map(({ headers }) => headers['x-github-event'])).toEqual([
      'create',
      'push',
      'check_suite',
    ]);
    expect(receiver.received[1]!.payload).toMatchObject({
      after: sha,
      created: true,
      sender: { login: 'linus' },
    });
    await receiver.close();
    await other.close();
  });

  test('refuses a push without a token, with a wrong one, and by those below write', async () => {
    await git('clone', '-q', address('nobody'), 'refused');
    await commit('refused', 'two.txt');
    const before = await head();
    await expect(git('-C', 'refused', 'push', 'origin', 'main')).rejects.toThrow(
      /could not read Username|terminal prompts disabled/,
    );
    const wrong = github.info.git.replace('://', '://x:wrong@');
    await expect(git('-C', 'refused', 'push', wrong, 'main')).rejects.toThrow(/Authentication failed|401/);
    await expect(git('-C', 'refused', 'push', address('triager'), 'main')).rejects.toThrow(/403/);
    await expect(git('-C', 'refused', 'push', address('outsider'), 'main')).rejects.toThrow(/403/);
    expect(await head()).toBe(before);
  });

  test('deletes a branch, but not the default one', async () => {
    await git('-C', 'write', 'push', '-q', 'origin', ':feature');
    expect(await git('ls-remote', github.info.git, 'refs/heads/feature')).toBe('');
    await expect(git('-C', 'write', 'push', 'origin', ':main')).rejects.toThrow(/refusing to delete/);
  });

  test('says 404 for a repository that does not exist to somebody with a token', async () => {
    const url = address('writer').replace('market', 'nothing');
    await expect(git('ls-remote', url)).rejects.toThrow(/not found/);
  });

  test('pushes of the app are in the request log with their effects', async () => {
    const { body } = await github.ask('jwt', 'POST', '/app/installations/2001/access_tokens');
    await commit('write', 'three.txt');
    await git(
      '-C',
      'write',
      'push',
      '-q',
      github.info.git.replace('://', `://x-access-token:${body.token}@`),
      'main',
    );
    const logged = (await github.requests()).filter(
      (one: { operation: string }) => one.operation === 'git-receive-pack',
    );
    expect(logged.at(-1)).toMatchObject({
      kind: 'write',
      method: 'POST',
      path: '/acme/market.git/git-receive-pack',
      status: 200,
      effects: [github.world.store.effect],
    });
  });
});

test('a private repository cannot be cloned by nobody or by those without a role', async () => {
  const secret = await startGithub({
    seed: 'repository: acme/secret\npublic: false\nfiles: { a: b }\n',
  });
  try {
    await expect(git('ls-remote', secret.info.git)).rejects.toThrow();
    const as = (token: string) => secret.info.git.replace('://', `://x:${token}@`);
    await expect(git('ls-remote', as(secret.info.tokens.outsider!))).rejects.toThrow(/not found/);
    expect(await git('ls-remote', as(secret.info.tokens.triager!))).toContain('refs/heads/main');
    expect((await secret.ask('nobody', 'GET', '/repos/acme/secret')).status).toBe(404);
  } finally {
    await secret.close();
  }
});
