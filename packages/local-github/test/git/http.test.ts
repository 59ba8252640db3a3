import { describe, expect, jest, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PushedRef } from '../../src/git/hook.js';
import { serveGit, type PushPolicy } from '../../src/git/http.js';
import { ZERO_OID } from '../../src/git/oid.js';
import type { GitRepository } from '../../src/git/repository.js';
import { client, commit, openPolicy, textAt, withRepository, withServer, type Served } from './helpers.js';

// Many processes a test; the machine may be busy with other tests.
jest.setTimeout(60_000);

const MAIN = 'refs/heads/main';

interface Setup extends Served {
  readonly repository: GitRepository;
  /** A clone of the repository, on main. */
  readonly work: string;
  readonly first: string;
}

/** A served repository with one commit on main, cloned over HTTP. */
function withClone(policy: PushPolicy, use: (setup: Setup) => Promise<void>): Promise<void> {
  return withRepository(async (repository, root) => {
    const first = await commit(repository, [], { 'README.md': 'hello\n' });
    await repository.updateRefs([{ name: MAIN, before: ZERO_OID, after: first }]);
    await withServer(repository, policy, async (served) => {
      expect(await client(root, 'clone', '-q', served.url, 'work')).toMatchObject({ code: 0 });
      await use({ ...served, repository, work: join(root, 'work'), first });
    });
  });
}

async function commitInClone(work: string, path: string, content: string | Buffer): Promise<string> {
  await mkdir(dirname(join(work, path)), { recursive: true });
  await writeFile(join(work, path), content);
  await client(work, '-c', 'core.compression=0', 'add', '-A');
  await client(work, 'commit', '-qm', `change ${path}`);
  return (await client(work, 'rev-parse', 'HEAD')).stdout.trim();
}

async function refOf(repository: GitRepository, name: string): Promise<string | undefined> {
  return (await repository.listRefs()).get(name);
}

describe('a person with git', () => {
  test('clones, pushes a branch with an executable file of any name, and fetches what others pushed', () =>
    withClone(openPolicy, async ({ repository, work, first }) => {
      await client(work, 'checkout', '-qb', 'feature/größe');
      await writeFile(join(work, 'läuft 🚂.sh'), '#!/bin/sh\n');
      await chmod(join(work, 'läuft 🚂.sh'), 0o755);
      const head = await commitInClone(work, 'dir/b.txt', 'b\n');
      expect(await repository.objectType(head)).toBeUndefined();
      expect(await client(work, 'push', '-q', 'origin', 'HEAD')).toMatchObject({ code: 0, stderr: '' });
      expect(await repository.objectType(head)).toBe('commit');
      expect(await refOf(repository, 'refs/heads/feature/größe')).toBe(head);
      expect(await repository.entryAt(head, 'läuft 🚂.sh')).toMatchObject({ mode: '100755' });
      expect(await textAt(repository, head, 'dir/b.txt')).toBe('b\n');

      const other = await commit(repository, [first], { 'README.md': 'changed\n' });
      await repository.updateRefs([{ name: MAIN, before: first, after: other }]);
      expect(await client(work, 'fetch', '-q')).toMatchObject({ code: 0 });
      expect((await client(work, 'rev-parse', 'origin/main')).stdout.trim()).toBe(other);
    }));

  test('clones without the blobs, and gets them when they are needed', () =>
    withClone(openPolicy, async ({ work, url }) => {
      const cloned = await client(work, 'clone', '-q', '--filter=blob:none', '--no-checkout', url, 'partial');
      expect(cloned).toMatchObject({ code: 0, stderr: '' });
      const partial = join(work, 'partial');
      const missing = ['rev-list', '--objects', '--all', '--missing=print'];
      expect((await client(partial, ...missing)).stdout).toMatch(/^\?[0-9a-f]{40}$/m);
      expect((await client(partial, 'show', 'HEAD:README.md')).stdout).toBe('hello\n');
    }));

  test('pushes 50 MB that do not compress', () =>
    withClone(openPolicy, async ({ repository, work }) => {
      const head = await commitInClone(work, 'big.bin', randomBytes(50_000_000));
      const pushed = await client(work, '-c', 'pack.compression=0', 'push', '-q', 'origin', 'main');
      expect(pushed).toMatchObject({ code: 0 });
      expect(await refOf(repository, MAIN)).toBe(head);
      expect(await repository.entryAt(head, 'big.bin')).toMatchObject({ size: 50_000_000 });
    }));

  test('fetches the ref of a pull request and any commit by name, but never pushes or deletes such a ref', () =>
    withClone(openPolicy, async ({ repository, work, first }) => {
      const head = await commit(repository, [first], { a: '1' });
      await repository.updateRefs([{ name: 'refs/pull/1/head', before: ZERO_OID, after: head }]);
      expect(await client(work, 'fetch', '-q', 'origin', 'refs/pull/1/head')).toMatchObject({ code: 0 });
      expect((await client(work, 'rev-parse', 'FETCH_HEAD')).stdout.trim()).toBe(head);
      for (const version of ['0', '2']) {
        const unnamed = await commit(repository, [first], { b: version });
        const fetched = await client(
          work,
          '-c',
          `protocol.version=${version}`,
          'fetch',
          '-q',
          'origin',
          unnamed,
        );
        expect(fetched).toMatchObject({ code: 0 });
      }
      for (const spec of ['+main:refs/pull/1/head', 'main:refs/pull/2/head', ':refs/pull/1/head']) {
        const pushed = await client(work, 'push', 'origin', spec);
        expect(pushed.code).toBe(1);
        expect(pushed.stderr).toMatch(/deny (updating|deleting) a hidden ref/);
      }
      expect(await repository.listRefs()).toEqual(
        new Map([
          [MAIN, first],
          ['refs/pull/1/head', head],
        ]),
      );
    }));

  test('may not push without the right to, and may still fetch', () =>
    withClone({ ...openPolicy, mayPush: false }, async ({ repository, work, first }) => {
      await commitInClone(work, 'a.txt', 'a\n');
      const pushed = await client(work, 'push', 'origin', 'main');
      expect(pushed.code).toBe(128);
      expect(pushed.stderr).toContain('403');
      expect(await refOf(repository, MAIN)).toBe(first);
      expect(await client(work, 'fetch', '-q')).toMatchObject({ code: 0 });
    }));

  test('cannot push a tree that would write into the .git folder of a clone', () =>
    withClone(openPolicy, async ({ repository, work, first }) => {
      const blob = (await client(work, 'rev-parse', 'HEAD:README.md')).stdout.trim();
      const unsafe = ['-c', 'core.protectNTFS=false', 'update-index', '--add', '--cacheinfo'];
      await client(work, ...unsafe, `100644,${blob},git~1/config`);
      const tree = (await client(work, 'write-tree')).stdout.trim();
      const evil = (await client(work, 'commit-tree', tree, '-p', 'HEAD', '-m', 'evil')).stdout.trim();
      const pushed = await client(work, 'push', 'origin', `${evil}:main`);
      expect(pushed.code).toBe(1);
      expect(pushed.stderr).toContain('hasDotgit');
      expect(await refOf(repository, MAIN)).toBe(first);
    }));

  test('cannot push past the server', () =>
    withClone(openPolicy, async ({ repository, work, first }) => {
      await commitInClone(work, 'a.txt', 'a\n');
      const pushed = await client(work, 'push', repository.dir, 'main');
      expect(pushed.code).toBe(1);
      expect(pushed.stderr).toContain('remote: error: This repository takes pushes through its server only');
      expect(await refOf(repository, MAIN)).toBe(first);
    }));
});

describe('the check of a push', () => {
  test('reads the pushed objects before any ref moves; after its refusal they are gone', () => {
    const seen: unknown[] = [];
    const policy: PushPolicy = {
      mayPush: true,
      async checkPush(updates, quarantine) {
        for (const { after } of updates) {
          seen.push(await textAt(quarantine, after, 'secret.txt'), [...(await quarantine.listRefs()).keys()]);
        }
        return [{ ref: MAIN, message: 'Secrets are not taken.' }];
      },
    };
    return withClone(policy, async ({ repository, work, first }) => {
      const head = await commitInClone(work, 'secret.txt', 'hunter2');
      expect(await client(work, 'push', 'origin', 'main')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('remote: error: Secrets are not taken.'),
      });
      expect(seen).toEqual(['hunter2', [MAIN]]);
      expect(await refOf(repository, MAIN)).toBe(first);
      expect(await repository.objectType(head)).toBeUndefined();
    });
  });

  test('refuses a forced push and a deletion with a message of several lines, and the other refs of that push', () => {
    const asked: PushedRef[] = [];
    const policy: PushPolicy = {
      mayPush: true,
      async checkPush(updates, quarantine) {
        asked.push(...updates);
        const forced = [];
        for (const { ref, before, after } of updates) {
          const kept =
            after !== ZERO_OID && before !== ZERO_OID && (await quarantine.isAncestor(before, after));
          if (before !== ZERO_OID && !kept)
            forced.push({ ref, message: `GH006: ${ref} is protected.\nNo force.` });
        }
        return forced;
      },
    };
    return withClone(policy, async ({ repository, work, first }) => {
      await repository.updateRefs([{ name: 'refs/heads/old', before: ZERO_OID, after: first }]);
      await client(work, 'checkout', '-q', '--orphan', 'fresh');
      const head = await commitInClone(work, 'a.txt', 'a\n');
      const pushed = await client(work, 'push', 'origin', '+fresh:main', 'fresh:new', ':old');
      expect(pushed.code).toBe(1);
      expect(pushed.stderr).toMatch(
        /remote: error: GH006: refs\/heads\/main is protected\. *\nremote: error: No force\./,
      );
      expect(pushed.stderr).toContain('remote: error: GH006: refs/heads/old is protected.');
      expect(asked).toHaveLength(3);
      expect(asked).toEqual(
        expect.arrayContaining([
          { ref: MAIN, before: first, after: head },
          { ref: 'refs/heads/new', before: ZERO_OID, after: head },
          { ref: 'refs/heads/old', before: first, after: ZERO_OID },
        ]),
      );
      expect(await repository.listRefs()).toEqual(
        new Map([
          [MAIN, first],
          ['refs/heads/old', first],
        ]),
      );
      expect(await client(work, 'push', '-q', 'origin', 'fresh:new')).toMatchObject({ code: 0 });
      expect(await refOf(repository, 'refs/heads/new')).toBe(head);
    });
  });

  test('that throws refuses the push and is not swallowed', () =>
    withClone(
      { mayPush: true, checkPush: () => Promise.reject(new Error('a bug')) },
      async ({ repository, work, first, failures }) => {
        await commitInClone(work, 'a.txt', 'a\n');
        expect((await client(work, 'push', 'origin', 'main')).code).toBe(1);
        expect(failures).toEqual([new Error('a bug')]);
        expect(await refOf(repository, MAIN)).toBe(first);
      },
    ));

  test('loses to a ref that moved meanwhile: the push is rejected and the ref stays where it was moved to', () => {
    let move = (): Promise<unknown> => Promise.resolve();
    const policy: PushPolicy = {
      mayPush: true,
      async checkPush() {
        await move();
        return [];
      },
    };
    return withClone(policy, async ({ repository, work, first }) => {
      const other = await commit(repository, [first], { a: 'by somebody else' });
      move = () => repository.updateRefs([{ name: MAIN, before: first, after: other }]);
      await commitInClone(work, 'a.txt', 'a\n');
      const pushed = await client(work, 'push', 'origin', 'main');
      expect(pushed.code).toBe(1);
      expect(pushed.stderr).toContain('[remote rejected] main -> main');
      expect(await refOf(repository, MAIN)).toBe(other);
    });
  });
});

describe('single requests', () => {
  const base = { method: 'GET', query: '', headers: {}, body: Buffer.alloc(0) };

  test('of protocol version 2 are understood, also compressed', () =>
    withClone(openPolicy, async ({ repository, first }) => {
      const advertised = await serveGit(
        repository,
        {
          ...base,
          path: '/info/refs',
          query: 'service=git-upload-pack',
          headers: { 'git-protocol': 'version=2' },
        },
        openPolicy,
      );
      expect(advertised.status).toBe(200);
      expect(advertised.headers['content-type']).toBe('application/x-git-upload-pack-advertisement');
      expect(advertised.body.toString()).toContain('version 2');

      const body = gzipSync('0014command=ls-refs\n00010009peel\n0000');
      const headers = {
        'content-type': 'application/x-git-upload-pack-request',
        'content-encoding': 'gzip',
        'content-length': String(body.length),
        'git-protocol': 'version=2',
      };
      const listed = await serveGit(
        repository,
        { ...base, method: 'POST', path: '/git-upload-pack', headers, body },
        openPolicy,
      );
      expect(listed.status).toBe(200);
      expect(listed.body.toString()).toContain(`${first} ${MAIN}\n`);
    }));

  test.each([
    ['/HEAD', '', 404],
    ['/objects/info/packs', '', 404],
    ['/../other.git/info/refs', 'service=git-upload-pack', 404],
    ['/info/refs', '', 403],
    ['/info/refs', 'service=git-upload-archive', 403],
  ])('of anything but smart HTTP are refused: %s?%s', (path, query, status) =>
    withRepository(async (repository) => {
      expect(await serveGit(repository, { ...base, path, query }, openPolicy)).toMatchObject({ status });
    }),
  );

  test('of a push that breaks off change nothing and end', () =>
    withClone(openPolicy, async ({ repository, url, first }) => {
      const controller = new AbortController();
      const body = new ReadableStream({
        start(stream) {
          stream.enqueue(Buffer.from(`00a0${first} ${first} ${MAIN}`));
        },
      });
      const headers = { 'content-type': 'application/x-git-receive-pack-request' };
      const request = { method: 'POST', headers, body, duplex: 'half' as const, signal: controller.signal };
      const sent = fetch(`${url}/git-receive-pack`, request);
      await fetch(`${url}/info/refs?service=git-upload-pack`);
      controller.abort();
      await expect(sent).rejects.toThrow('aborted');
      expect(await repository.listRefs()).toEqual(new Map([[MAIN, first]]));
    }));
});
