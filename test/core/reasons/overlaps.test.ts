import { describe, expect, test } from '@jest/globals';
import { sharersOf } from '../../../src/core/graph/sharers.js';
import { type PullDetail, type Readable, read, unreadable } from '../../../src/core/model/index.js';
import {
  type PullParts,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  sha,
} from '../../support/view-builder.js';

const COORDINATE = 'gate: { overlaps: coordinate }\n';

/** The head lacks what issue 8 was merged as. */
const BEHIND: Partial<PullDetail> = { behindBy: 1, lacks: read([sha('merge 8')]) };

interface Files {
  readonly landed: Readable<readonly string[]>;
  readonly open: Readable<readonly string[]>;
}

/** Issue 8 has landed, issue 9 is open and has what else is given. */
function judged({ landed, open }: Files, parts: Partial<PullDetail> = BEHIND, config: string = COORDINATE) {
  const [eight, nine, ten] = [anIssue(8), anIssue(9), anIssue(10)];
  const pulls = [
    aMergedPull(21, eight, { detail: { files: landed } }),
    aWorkedPull(22, nine, { detail: { ...parts, files: open } }),
    aWorkedPull(23, ten, { detail: BEHIND } satisfies PullParts),
  ];
  return judge(aSnapshot({ issues: [eight, nine, ten], pulls, trackers: [aTracker()], config }));
}

const gate = (...input: Parameters<typeof judged>) => judged(...input).progress.gateReasons('#9');

describe('a pull request that changes a file of one that has landed', () => {
  const same = { landed: read(['src/x.ts', 'src/y.ts']), open: read(['src/x.ts', 'src/y.ts']) };

  test('needs an update where overlaps are coordinated, until it contains that one', () => {
    expect(gate(same)).toEqual([{ kind: 'needs update', node: '#8', what: 'src/x.ts and 1 more file' }]);
    expect(gate(same, { behindBy: 1, lacks: read([sha('other')]) })).toEqual([]);
    expect(judged(same).progress.gateReasons('#10')).toEqual([]);
  });

  test('is free where overlaps are noted or ignored, or where the file is one that is not enforced', () => {
    expect(gate(same, BEHIND, 'gate: { overlaps: note }\n')).toEqual([]);
    expect(gate(same, BEHIND, 'gate: { overlaps: ignore }\n')).toEqual([]);
    const files = read(['yarn.lock', 'docs/a.md']);
    const ignoring = 'gate: { overlaps: coordinate, ignore: ["docs/**"] }\n';
    expect(gate({ landed: files, open: files }, BEHIND, ignoring)).toEqual([]);
  });

  test('is told once of each that has landed, however much they share', () => {
    const labels = ['deploy-subagent', 'shares:scanner'];
    const issues = [anIssue(8, { labels }), anIssue(9, { labels })];
    const files = read(['src/x.ts']);
    const pulls = [
      aMergedPull(21, issues[0]!, { detail: { files } }),
      aWorkedPull(22, issues[1]!, { detail: { ...BEHIND, files } }),
    ];
    const { progress } = judge(aSnapshot({ issues, pulls, trackers: [aTracker()], config: COORDINATE }));
    expect(progress.gateReasons('#9')).toEqual([{ kind: 'needs update', node: '#8', what: 'scanner' }]);
  });
});

describe('a pull request whose files cannot be read', () => {
  const unread = { landed: read(['src/x.ts']), open: unreadable<readonly string[]>('502') };

  test('waits until it contains what has landed', () => {
    expect(gate(unread)).toEqual([{ kind: 'files unread', why: '502' }]);
    expect(gate(unread, { behindBy: 0, lacks: read([]) })).toEqual([]);
    expect(gate(unread, { behindBy: 1, lacks: read([sha('other')]) })).toEqual([]);
  });

  test('waits while another lands, as that one does for it, and keeps nobody else back', () => {
    const { view, progress } = judged(unread, { behindBy: 0, lacks: read([]) });
    const sharing = { kind: 'sharer landing', what: 'files that cannot be read' };
    expect(view.gateReasons('#10')('#9')).toEqual([{ ...sharing, node: '#10' }]);
    expect(view.gateReasons('#9')('#10')).toEqual([{ ...sharing, node: '#9' }]);
    expect(progress.gateReasons('#10')).toEqual([]);
    expect([...sharersOf(view.graph, '#10')]).toEqual(['#9']);
    expect([...sharersOf(view.graph, '#9')]).toEqual(['#8', '#10']);
  });

  test('is free where overlaps are only noted', () => {
    expect(gate(unread, BEHIND, 'gate: { overlaps: note }\n')).toEqual([]);
  });

  test('once it has landed, is contained by all others before they land', () => {
    const landed = { landed: unreadable<readonly string[]>('too many'), open: read(['src/z.ts']) };
    const needs = [{ kind: 'needs update', node: '#8', what: 'files that cannot be read' }];
    expect(gate(landed)).toEqual(needs);
    expect(judged(landed).progress.gateReasons('#10')).toEqual(needs);
    expect(gate(landed, { behindBy: 0, lacks: read([]) })).toEqual([]);
  });
});

describe('a pull request that GitHub calls merged, of which nobody can tell how it ended', () => {
  function gateWith(behindBy: number) {
    const labels = ['deploy-subagent', 'shares:scanner'];
    const [eight, nine] = [anIssue(8, { labels }), anIssue(9, { labels })];
    const pulls = [
      aMergedPull(21, eight, { mergeCommit: null }),
      aWorkedPull(22, nine, { detail: { behindBy, lacks: read([sha('other')]) } }),
    ];
    const { view, progress } = judge(aSnapshot({ issues: [eight, nine], pulls, trackers: [aTracker()] }));
    expect(view.members.find(({ number }) => number === 8)?.outcome.kind).toBe('unread');
    return progress.gateReasons('#9').map(({ kind }) => kind);
  }

  test('has landed: its sharers need an update unless they contain the whole base', () => {
    expect(gateWith(1)).toEqual(['needs update']);
    expect(gateWith(0)).toEqual([]);
  });
});
