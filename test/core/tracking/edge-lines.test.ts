import { describe, expect, test } from '@jest/globals';
import { type DependencyEvent, type Issue, read, unreadable } from '../../../src/core/model/index.js';
import { renderDependencies } from '../../../src/core/tracking/dependencies.js';
import { DEPLOY, blockedBy, blocker, history, labelEvent } from '../../support/snapshot.js';
import {
  HOUR,
  type IssueParts,
  ME,
  START,
  type SnapshotParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';

function section(parts: SnapshotParts): string {
  return renderDependencies(judge(aSnapshot({ trackers: [aTracker()], ...parts })).view, 'all');
}

/** The lines of the list. */
function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('- '));
}

describe('each edge has a line with where it comes from', () => {
  test('and who it comes from', () => {
    const { closed: _, ...blocking } = blocker(9);
    const event = (added: boolean, login: string): DependencyEvent => ({
      added,
      blocking,
      actor: person(login),
      at: START + HOUR,
    });
    const deployed = labelEvent('put', DEPLOY, person('linus'));
    const withEvents = (number: number, dependencies: readonly DependencyEvent[], parts: IssueParts) =>
      anIssue(number, { ...parts, history: history({ labels: [deployed], dependencies }) });
    const shared = { labels: [DEPLOY, 'shares:scanner.py'] };
    const issues = [
      withEvents(4, [event(true, 'ada')], { blockedBy: blockedBy(9) }),
      anIssue(5, { blockedBy: blockedBy(9) }),
      anIssue(6, { body: 'Depends on #9' }),
      withEvents(7, [event(true, 'ada'), event(false, 'tria')], {}),
      anIssue(8, shared),
      anIssue(9, {
        ...shared,
        body: '### Shares\n\nscanner.py -- agree first',
        history: history({ labels: [deployed, labelEvent('put', 'shares:scanner.py', ME)] }),
      }),
    ];
    const text = section({ issues, pulls: issues.map((issue) => aWorkedPull(20 + issue.number, issue)) });
    expect(lines(text).join('\n')).toMatchSnapshot();
  });
});

describe('files that several change', () => {
  const files = (...paths: readonly string[]) => ({ files: read(paths) });
  const [eight, nine, ten, eleven] = [8, 9, 10, 11].map((number) => anIssue(number)) as [
    Issue,
    Issue,
    Issue,
    Issue,
  ];
  const few = {
    issues: [eight, nine, ten, eleven],
    pulls: [
      aMergedPull(21, eight, { detail: files('src/x.ts') }),
      aWorkedPull(22, nine, {
        detail: files('src/x.ts', 'yarn.lock', 'a.md', 'b.md', 'c.md', 'd.md', 'i.ts'),
      }),
      aWorkedPull(23, ten, { detail: files('a.md', 'b.md', 'c.md', 'd.md', 'yarn.lock', 'i.ts') }),
      aWorkedPull(24, eleven, { detail: files('docs/a|`b`.md', 'i.ts') }),
    ],
  };

  test('are listed, and where they are only noted no line of the diagram joins them', () => {
    const text = section(few);
    expect(lines(text).join('\n')).toMatchSnapshot();
    expect(text).not.toContain('```mermaid');
  });

  test('join their issues in the diagram where they are enforced', () => {
    const text = section({ ...few, config: 'gate: { overlaps: coordinate, ignore: ["*.md"] }\n' });
    expect(lines(text).join('\n')).toMatchSnapshot();
    expect(text).toContain('i8 -.- i9');
  });

  test('are not shown where they are ignored', () => {
    expect(section({ ...few, config: 'gate: { overlaps: ignore }\n' })).toBe('');
  });

  test('may be all, where they are enforced and those of one cannot be read', () => {
    const pulls = [aWorkedPull(22, nine, { detail: { files: unreadable<never>('502') } }), few.pulls[2]!];
    const issues = [nine, ten];
    const config = 'gate: { overlaps: coordinate }\n';
    expect(lines(section({ issues, pulls, config }))).toEqual([
      '- [#9](../issues/9) may change the files of all others: its own cannot be read (502): enforced',
    ]);
    expect(section({ issues, pulls })).toBe('');
  });

  test('give way where they are too many', () => {
    const issues = Array.from({ length: 60 }, (_, index) =>
      anIssue(index + 1, index === 0 ? {} : { blockedBy: blockedBy(index) }),
    );
    // Each shares a file with each of the four before it.
    const others = (number: number) =>
      [1, 2, 3, 4].flatMap((step) => [`${number - step}-${number}.ts`, `${number}-${number + step}.ts`]);
    const pulls = issues.map((issue) =>
      aWorkedPull(100 + issue.number, issue, { detail: files(...others(issue.number)) }),
    );
    const text = section({ issues, pulls, config: 'gate: { overlaps: coordinate }\n' });
    expect(text).toContain('Files that several change are only listed.');
    expect(text).toContain('i60 --> i59');
    expect(text).not.toContain('-.-');
    const listed = lines(text).filter((line) => / change /.test(line));
    expect([listed.length, lines(text).at(-1)]).toEqual([20, '- And 210 more overlaps.']);
  });
});
