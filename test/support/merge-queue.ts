import type { Loose, Sandbox } from './sandbox.js';
import { smallSeed } from './seeds.js';

/** A seed whose `main` has a merge queue and asks for `build`. */
export function queueSeed(options: Parameters<typeof smallSeed>[0] = {}): string {
  const seed = smallSeed({ protection: { required_checks: [{ context: 'build' }] }, ...options });
  return JSON.stringify({ ...JSON.parse(seed), merge_queue: true });
}

/** Gives `main` a merge queue as repositories get one today: by a ruleset. */
export async function requireQueue(sandbox: Sandbox): Promise<void> {
  const parameters = {
    check_response_timeout_minutes: 60,
    grouping_strategy: 'ALLGREEN',
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: 'MERGE',
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  };
  await sandbox.repo('admin', 'POST', '/rulesets', {
    name: 'queue',
    enforcement: 'active',
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: [{ type: 'merge_queue', parameters }],
  });
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
