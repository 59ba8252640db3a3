import type { Loose, Sandbox } from './sandbox.js';
import { smallSeed } from './seeds.js';

/** A seed whose `main` has a merge queue and asks for `build`. */
export function queueSeed(options: Parameters<typeof smallSeed>[0] = {}): string {
  const seed = smallSeed({ protection: { required_checks: [{ context: 'build' }] }, ...options });
  return JSON.stringify({ ...JSON.parse(seed), merge_queue: true });
}

const ENTRIES = `query Queue($owner: String!, $name: String!) {
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: "main") { entries(first: 10) { nodes { pullRequest { number } headCommit { oid } } } }
  }
}`;

/** The heads of the merge groups by the numbers of their last pull requests, in the order of the queue. */
export async function groups(sandbox: Sandbox): Promise<ReadonlyMap<number, string>> {
  const [owner, name] = sandbox.info.repository.split('/');
  const { data } = await sandbox.graphql('admin', ENTRIES, { owner, name });
  const { nodes } = data.repository.mergeQueue.entries;
  return new Map(nodes.map((node: Loose) => [node.pullRequest.number, node.headCommit?.oid]));
}

/** The issues whose pull requests are in the merge queue, in its order. */
export async function queuedIssues(sandbox: Sandbox): Promise<number[]> {
  const issues = new Map(
    (await sandbox.pulls()).map(({ number, head }) => [
      number,
      Number(head.ref.replace('feature/issue-', '')),
    ]),
  );
  return [...(await groups(sandbox)).keys()].flatMap((number) => issues.get(number) ?? []);
}

/** CI reports `build` on every merge group that is there. */
export async function testGroups(sandbox: Sandbox, conclusion: 'success' | 'failure'): Promise<void> {
  for (const sha of (await groups(sandbox)).values()) await sandbox.check(sha, 'build', conclusion);
  await sandbox.settle();
}
