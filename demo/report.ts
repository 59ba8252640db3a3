import type { Requested } from './github.js';
import type { Outcome } from './verdict.js';

/** What demo/report.json holds. */
export function reportOf(
  { landed, checks }: Outcome,
  requests: readonly Requested[],
  measured: { readonly seconds: number; readonly ciRuns: number },
) {
  return {
    succeeded: checks.every(({ holds }) => holds),
    order: landed.map(({ issue }) => issue),
    landed,
    checks,
    requests: {
      total: requests.length,
      byKind: count(requests.map(({ kind }) => kind)),
      byOperation: count(requests.map(({ operation }) => operation)),
    },
    ...measured,
  };
}

/** How often each occurs, the most frequent first. */
function count(names: readonly string[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}
