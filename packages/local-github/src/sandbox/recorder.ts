import { appendFileSync } from 'node:fs';

import { createUsage } from '../schema/usage.js';
import { describeViolation, type Violation } from '../schema/violation.js';

/** Counts what one local GitHub was asked, and keeps where a message differed from GitHub's description. */
export interface Recorder {
  count(operation: string): void;
  report(violations: readonly Violation[]): void;
  /** The violations since the last call, one line each. Those that nobody took are told when the server closes. */
  takeViolations(): readonly string[];
  /** Appends the totals, as one line of JSON, to the file that the environment names in LOCAL_GITHUB_USAGE. */
  save(): void;
}

export function createRecorder(): Recorder {
  const usage = createUsage();
  let taken = 0;

  function takeViolations(): readonly string[] {
    const { violations } = usage.summary();
    const fresh = violations.slice(taken).map(describeViolation);
    taken = violations.length;
    return fresh;
  }

  return {
    count: (operation) => usage.count(operation),
    report: (violations) => violations.forEach((violation) => usage.violation(violation)),
    takeViolations,
    save() {
      const file = process.env['LOCAL_GITHUB_USAGE'];
      if (file === undefined) return;
      const { requests, operations } = usage.summary();
      appendFileSync(file, `${JSON.stringify({ requests, operations, violations: takeViolations() })}\n`);
    },
  };
}
