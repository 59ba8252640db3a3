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
  /** Counts one request of an operation; of none if that is empty, as for a GraphQL document without a name. */
  count(operation: string): void;
  violation(violation: Violation): void;
  summary(): UsageSummary;
}

export function createUsage(): Usage {
  const operations = new Set<string>();
  let requests = 0;
  const violations: Violation[] = [];
  return {
    count(operation) {
      requests += 1;
      if (operation !== '') operations.add(operation);
    },
    violation(violation) {
      violations.push(violation);
    },
    summary() {
      const head = `${requests} requests, ${operations.size} operations, ${violations.length} violations`;
      return {
        requests,
        operations: [...operations].sort(),
        violations: [...violations],
        text: [head, ...violations.map(describeViolation)].join('\n'),
      };
    },
  };
}
