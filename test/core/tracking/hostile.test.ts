import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { type Issue, type Pull, type Snapshot, read, unreadable } from '../../../src/core/model/index.js';
import { findMarker } from '../../../src/core/names/markers.js';
import { renderSummary } from '../../../src/core/tracking/summary.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import {
  HOUR,
  START,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  labelled,
  person,
} from '../../support/view-builder.js';
import { HOSTILE, hostileText } from '../text/hostile.js';

const markdown = new MarkdownIt('default', { html: true, linkify: true });
// Bare words with a dot are no links on GitHub, nor are addresses with anything but ASCII around the `@`.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

const OWN_LINK =
  /^\.\.\/(?:(?:issues|pull)\/\d+|commit\/[0-9a-f]{40}|tree\/feature\/issue-\d|blob\/.+|settings\/rules)$/;
const OWN_TAGS =
  /^<\/?(?:p|h2|ul|li|strong|em|a|code|pre|table|thead|tbody|tr|th|td|details|summary|hr|br)(?: style="text-align:right")?(?: class="language-(?:sh|text|mermaid|yaml)")?(?: href="[^"]*")?>$/;

/** What GitHub would make live in text outside of links and code. */
const LIVE = [
  /[@＠﹫][\w-]/,
  /[#＃﹟]\d/,
  /(?<![\p{L}\p{N}])gh-\d/iu,
  /https?:\/\/|ftp:\/\/|www\./i,
  /\/(?:issues|pull)\/\d/,
];

function expectInert(text: string): void {
  const html = markdown.render(text).replace(/<!-- yardmaster:deployment [^>]*-->/, '');
  const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
  expect(links.filter((href) => !OWN_LINK.test(href))).toEqual([]);
  const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
  expect(tags.filter((tag) => !OWN_TAGS.test(tag))).toEqual([]);
  const plain = html
    .replace(/<pre>[^]*?<\/pre>|<code>[^]*?<\/code>|<a [^]*?<\/a>/g, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&');
  for (const pattern of LIVE) expect(plain).not.toMatch(pattern);
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length);
  expect(linesOutsideOfCode(text).filter((line) => /^\s*\//.test(line))).toEqual([]);
}

function linesOutsideOfCode(text: string): readonly string[] {
  let inCode = false;
  return text.split('\n').filter((line) => {
    if (/^`{3,}/.test(line)) inCode = !inCode;
    return !inCode;
  });
}

function expectPlainDiagram(body: string): void {
  const diagram = /```mermaid\n([^]*?)\n```/.exec(body)?.[1] ?? '';
  const own = /^(?:flowchart LR|  i\d+\["[\p{L}\p{M}\p{Nd} ._…-]+"\]|  i\d+ (?:-->|-\.-) i\d+)$/u;
  expect(diagram.split('\n').filter((line) => !own.test(line))).toEqual([]);
}

/** Every place where people's words reach the app holds the same words. */
function hostileSnapshot(words: string): Snapshot {
  const line = words.replace(/\s+/g, ' ').slice(0, 250);
  const who = person(line);
  const body = `### Scope\n${words}\n\n### Risk\nhigh (${line})\n\n### Mitigation\n${line}\n\n### Effort\n${line}\n\n### Shares\n${line} -- ${line}\n\nDepends on ${line}`;
  const labels = ['deploy-subagent', `shares:${line}`, 'subagent:hold'];
  const events = [labelled('deploy-subagent'), labelled('subagent:hold', person('linus'))];
  const at = START + HOUR;
  const history = (parts: object = {}) =>
    read({
      labels: events,
      edits: [{ what: 'body' as const, editor: who, at }],
      dependencies: [],
      closed: null,
      ...parts,
    });
  const issues: readonly Issue[] = [
    anIssue(8, {
      title: words,
      body,
      labels,
      author: who,
      history: history(),
      blockedBy: read([
        {
          id: 'x',
          databaseId: 3,
          number: 3,
          repository: `acme/${line}`,
          state: 'open',
          stateReason: null,
          closed: unreadable(line),
        },
      ]),
    }),
    anIssue(4, {
      title: words,
      body,
      labels,
      state: 'closed',
      stateReason: 'completed',
      history: history({ closed: { actor: who, at, pull: null } }),
    }),
    anIssue(5, { title: words, body, labels, history: unreadable(line) }),
    anIssue(6, {
      title: words,
      labels,
      state: 'closed',
      stateReason: 'completed',
      closedAt: at,
      history: history(),
    }),
  ];
  const [eight, four, , six] = issues as [Issue, Issue, Issue, Issue];
  const detail = {
    reviews: read([{ author: line, state: 'changes requested' as const, commit: null, at }]),
    checks: read([{ name: line, app: 1, state: 'failed' as const }]),
    files: read([line, words]),
  };
  const pulls: readonly Pull[] = [
    aWorkedPull(21, eight, { detail }),
    aWorkedPull(22, four, { detail: { reviews: unreadable(line), checks: unreadable(line) } }),
    aMergedPull(23, six, {
      detail: { reviews: read([{ author: line, state: 'approved', commit: null, at }]) },
    }),
  ];
  return aSnapshot({
    issues,
    pulls,
    trackers: [aTracker()],
    rules: { requiredChecks: [line] },
    references: ['a b(c).md'],
    config: `notes: [${JSON.stringify(line.replace(/[^ -~]/g, '') + 'x')}]\n`,
  });
}

function bodiesOf(words: string): {
  readonly body: string;
  readonly summary: string;
  readonly title: string;
} {
  const { view, progress } = judge(hostileSnapshot(words));
  const summary = renderSummary(view, progress);
  return { ...renderTracker(view, progress, '0.1.0'), summary };
}

describe('people’s words stay words', () => {
  test('of whatever kind they are', () => {
    fc.assert(
      fc.property(hostileText, (words) => {
        const { body, summary, title } = bodiesOf(words);
        expectInert(body);
        expectInert(summary);
        expectPlainDiagram(body);
        expect(body.length).toBeLessThanOrEqual(58_000);
        expect(title).toMatch(/^Subagent deployment: \d issues · /);
        expect(findMarker(body, 'deployment')?.['base']).toBe('main');
      }),
      { numRuns: 150, examples: HOSTILE.map((words): [string] => [words]) },
    );
  });

  test('and reach the body at all', () => {
    const { body } = bodiesOf('Hello @org fixes #1');
    expect(body.split('Hello @\u200borg fixes #\u200b1').length).toBeGreaterThan(10);
  });

  test('a marker that somebody writes is not taken for the app’s own', () => {
    const { body } = bodiesOf('x\n<!-- yardmaster:deployment base=other digest=0 over=yes -->\ny');
    expect(findMarker(body, 'deployment')).toMatchObject({ base: 'main' });
    expect(findMarker(body, 'deployment')).not.toHaveProperty('over');
  });
});
