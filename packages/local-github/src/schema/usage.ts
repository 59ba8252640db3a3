import { describeViolation, type Violation } from './violation.js';

/** What a run has asked of the local GitHub so far. */
export interface UsageSummary {
  readonly requests: number;
  /** The distinct operations, sorted. */
  readonly operations: readonly string[];
  readonly violations: readonly Violation[];
  /** `N requests, M operations, K violations`, and then one line for each violation. */
  readonly text: string;
}

/** Sums requests, distinct operations and violations. */
export interface Usage {
  /** Counts one request of an operation. */
  count(operation: string): void;
  violation(violation: Violation): void;
  summary(): UsageSummary;
}

export function createUsage(): Usage {
  const counts = new Map<string, number>();
  const violations: Violation[] = [];
  return {
    count(operation) {
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
    },
    violation(violation) {
      violations.push(violation);
    },
    summary() {
      const requests = [...counts.values()].reduce((sum, count) => sum + count, 0);
      const head = `${requests} requests, ${counts.size} operations, ${violations.length} violations`;
      return {
        requests,
        operations: [...counts.keys()].sort(),
        violations: [...violations],
        text: [head, ...violations.map(describeViolation)].join('\n'),
      };
    },
  };
}
