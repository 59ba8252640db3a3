import { describe, expect, test } from '@jest/globals';

import { type Snapshot, read } from '../../../src/core/model/index.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { aPull, aSnapshot, aTracker, aWorkedPull, judge } from '../../support/view-builder.js';
import { FACTS, complete, halfWay, issueOf, justDeployed } from './reference.js';

const CONFIG = `
checklist:
  - auto: branches
  - auto: task-files
  - auto: configuration
  - auto: dependencies
  - auto: reviewers
  - Backups *tested*
success:
  - auto: implemented
  - auto: checks
  - { check: benchmarks, text: No performance regressions }
  - auto: approved
  - { auto: merged, text: Merged to main }
  - auto: cleaned-up
  - Backups *tested*
`;

function withConfig(snapshot: Snapshot, body?: string): Snapshot {
  return {
    ...snapshot,
    config: read(CONFIG),
    ...(body !== undefined && { trackers: read([aTracker({ body })]) }),
  };
}

function bodyOf(snapshot: Snapshot): string {
  const { view, progress } = judge(snapshot);
  return renderTracker(view, progress, '0.1.0').body;
}

/** The lines of a section. */
function section(body: string, heading: string): string[] {
  const lines = body.split('\n');
  const from = lines.indexOf(heading);
  const rest = lines.slice(from + 2);
  return from === -1 ? [] : rest.slice(0, rest.indexOf(''));
}

const before = (snapshot: Snapshot) => section(bodyOf(withConfig(snapshot)), '## Checklist before execution');
const success = (snapshot: Snapshot) => section(bodyOf(withConfig(snapshot)), '## Success criteria');

describe('what the app can tell by itself', () => {
  test('right after deployment', () => {
    expect(before(justDeployed())).toEqual([
      '- ✅ Branches created for all issues',
      '- ✅ Task files written for all issues',
      '- ✅ Configuration valid',
      '- ✅ Dependencies documented',
      '- ✅ Reviewers assigned',
      '- [ ] Backups \\*tested\\*',
    ]);
    expect(success(justDeployed())).toEqual([
      '- ⬜ All issues implemented and ready for review',
      '- ⬜ All checks green',
      '- ⬜ No performance regressions',
      '- ⬜ All pull requests approved',
      '- ⬜ Merged to main',
      '- ⬜ All branches cleaned up',
      '- [ ] Backups \\*tested\\*',
    ]);
  });

  test('half way: one that fails and one without work keep everything back', () => {
    expect(
      success(halfWay())
        .slice(0, 6)
        .every((line) => line.startsWith('- ⬜ ')),
    ).toBe(true);
  });

  test('once all are in review, approved, and green', () => {
    const issues = FACTS.map(issueOf);
    const inReview = (index: number, ...names: string[]) => {
      const { head } = aWorkedPull(21 + index, issues[index]!);
      const reviews = read([{ author: 'ada', state: 'approved', commit: head.sha, at: 0 }] as const);
      const checks = read(names.map((name) => ({ name, app: 15_368, state: 'passed' }) as const));
      return aWorkedPull(21 + index, issues[index]!, { detail: { reviews, checks } });
    };
    const pulls = issues.map((_, index) => inReview(index, 'build', 'benchmarks'));
    const snapshot = aSnapshot({ issues, pulls });
    expect(success(snapshot).map((line) => line.slice(2, 4).trim())).toEqual([
      '✅',
      '✅',
      '✅',
      '✅',
      '⬜',
      '⬜',
      '[',
    ]);
    const one = inReview(3, 'build');
    expect(success(aSnapshot({ issues, pulls: [...pulls.slice(0, 3), one] }))[2]).toBe(
      '- ⬜ No performance regressions',
    );
  });

  test('once all have landed', () => {
    const lines = success(complete());
    expect([0, 1, 3, 4, 5].map((index) => lines[index]?.slice(2, 3))).toEqual(['✅', '✅', '✅', '✅', '✅']);
  });

  test('a pull request to which nobody is assigned', () => {
    const issue = issueOf(FACTS[0]!);
    const pulls = [aPull(21, issue, { assignees: [] })];
    expect(before(aSnapshot({ issues: [issue], pulls }))[4]).toBe('- ⬜ Reviewers assigned');
  });

  test('a dependency that cannot be read is not documented', () => {
    const issue = issueOf(FACTS[0]!);
    const body = `${issue.body}\n\n### Depends on\n\nthe other one`;
    expect(before(aSnapshot({ issues: [{ ...issue, body }] }))[3]).toBe('- ⬜ Dependencies documented');
  });
});

describe('what people tick', () => {
  test('stays ticked at every render, and each heading has its own', () => {
    const first = bodyOf(withConfig(justDeployed()));
    const at = first.lastIndexOf('- [ ] Backups');
    const ticked = `${first.slice(0, at)}- [x]${first.slice(at + 5)}`;
    const again = bodyOf(withConfig(halfWay(), ticked));
    expect(section(again, '## Checklist before execution').at(-1)).toBe('- [ ] Backups \\*tested\\*');
    expect(section(again, '## Success criteria').at(-1)).toBe('- [x] Backups \\*tested\\*');
    expect(bodyOf(withConfig(justDeployed(), ticked)).trimEnd()).toBe(ticked.trimEnd());
  });

  test('nothing is shown where nothing is set', () => {
    expect(bodyOf(justDeployed())).not.toContain('Checklist');
    expect(bodyOf(justDeployed())).not.toContain('Success criteria');
  });
});
