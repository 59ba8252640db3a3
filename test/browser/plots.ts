/** Deployments with hostile words in all that a diagram shows, and what their diagrams have to hold. */
import * as fc from 'fast-check';

import type { Issue, Snapshot } from '../../src/core/model/index.js';
import { oneLine, stripInvisible } from '../../src/core/text/clean.js';
import { blockedBy } from '../support/snapshot.js';
import { aPull, aSnapshot, aTracker, aWorkedPull, anIssue } from '../support/view-builder.js';
import { HOSTILE, hostileText } from '../core/text/hostile.js';

/** A deployment in figures and words. Issues are numbered from 1 on. */
export interface Plot {
  readonly titles: readonly string[];
  /** Each issue waits for at most two that come before it. */
  readonly waits: readonly (readonly [from: number, to: number])[];
  /** The issues that share one thing. */
  readonly shared: readonly (readonly number[])[];
  readonly phases: readonly { readonly name: string; readonly duration: string }[];
}

/** Words of mermaid's own languages, and what has broken its parsers. */
export const OF_MERMAID: readonly string[] = [
  '%%{init: {"theme":"dark", "securityLevel":"loose"}}%%',
  '%% a comment',
  '---\nconfig:\n  theme: dark\n---',
  'click i1 href "javascript:alert(1)" _blank',
  'click i1 call alert()',
  'end',
  'subgraph x',
  'graph TD; i1-->i2',
  'flowchart LR',
  'gantt',
  'section Another',
  'title Mine',
  'dateFormat YYYY-MM-DD',
  'axisFormat %d',
  'tickInterval 1millisecond',
  'todayMarker on',
  'excludes weekends',
  'vert, milestone, crit, done, active, after i1, until i2',
  'Ready :crit, 0, 1',
  'accTitle: x',
  'accDescr { x }',
  'x:::y',
  'classDef x fill:#f00',
  'linkStyle 0 stroke:red',
  'style i1 fill:#f00',
  'i1@{ shape: cyl, label: "x" }',
  'i1 -- yes --> i2',
  '"] --> i2["',
  '`**bold** _it_`',
  '#quot; #35; #9829; &quot;',
  'fa:fa-car',
  '$$x^2$$',
  '1. one',
  '- item',
  '<b>bold</b><br/>',
  'שלום עולם مرحبا بالعالم',
  '日本語のタイトル',
  '🚂🚃🚃',
  'e\u0301\u0301\u0301 ﷽ ١٢٣',
];

/** GitHub's limit for the title of an issue. */
const title = fc
  .oneof(
    { weight: 2, arbitrary: hostileText },
    { weight: 1, arbitrary: fc.constantFrom(...OF_MERMAID) },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.constantFrom(...OF_MERMAID, '\n', ' ', ':', '"', 'a'), { maxLength: 5 })
        .map((words) => words.join(' ')),
    },
  )
  .map((text) => text.slice(0, 256));

/** As the settings take them: one line of up to 60 characters, nothing invisible, no sign of a broken file, none twice. */
const phaseNames = fc.array(title, { maxLength: 4 }).map((names) => {
  const lines = names.map((name) =>
    stripInvisible(oneLine(name).slice(0, 60)).replaceAll('\ufffd', '').trim(),
  );
  return [...new Map(lines.map((line) => [line.toLowerCase(), line])).values()].filter((line) => line !== '');
});

const MOST = 7;
const number = fc.integer({ min: 1, max: MOST });

export const plots: fc.Arbitrary<Plot> = fc
  .record({
    titles: fc.array(title, { minLength: 1, maxLength: MOST }),
    waits: fc.uniqueArray(fc.tuple(number, number), { maxLength: 6, selector: String }),
    shared: fc.array(fc.uniqueArray(number, { minLength: 2, maxLength: 4 }), { maxLength: 2 }),
    phases: fc
      .tuple(phaseNames, fc.array(fc.constantFrom('effort', '30min', '4-6h'), { minLength: 4, maxLength: 4 }))
      .map(([names, durations]) =>
        names.map((name, index) => ({ name, duration: durations[index] ?? 'effort' })),
      ),
  })
  .map(({ titles, waits, shared, phases }) => ({
    titles,
    waits: waits.filter(([from, to]) => to < from && from <= titles.length),
    shared: shared.filter((numbers) => Math.max(...numbers) <= titles.length),
    phases,
  }));

/** Names that mermaid would take for one another, or for something else, and long ones. */
const PHASES = [
  '64',
  '7',
  'Test!',
  'Test?',
  '!',
  'constructor',
  'toString',
  'section',
  'Review and merge all',
  'Go',
];

/** Every text of the corpora once, as the title of one of two issues that share something; then phases. */
export const CORPUS: readonly Plot[] = [
  ...[...HOSTILE, ...OF_MERMAID].map((text) => ({
    titles: [text, `x ${text}`],
    waits: [],
    shared: [[1, 2]],
    phases: [],
  })),
  { titles: ['x'], waits: [], shared: [], phases: PHASES.map((name) => ({ name, duration: '30min' })) },
];

/** A deployment as GitHub has it; some of its issues have work on them. */
export function snapshotOf({ titles, waits, shared, phases }: Plot): Snapshot {
  const issues = titles.map((text, index): Issue => {
    const own = index + 1;
    const shares = shared.flatMap((numbers, which) =>
      numbers.includes(own) ? [`shares:part ${which}`] : [],
    );
    return anIssue(own, {
      title: text,
      body: `### Effort\n\n${own}h`,
      labels: ['deploy-subagent', ...shares],
      blockedBy: blockedBy(...waits.filter(([from]) => from === own).map(([, to]) => to)),
    });
  });
  const pulls = issues.flatMap((issue, index) => {
    if (index % 3 === 0) return [];
    return index % 3 === 1 ? [aPull(100 + index, issue)] : [aWorkedPull(100 + index, issue)];
  });
  return aSnapshot({ issues, pulls, trackers: [aTracker()], config: JSON.stringify({ phases }) });
}

/** How much each diagram has to show. */
export interface Expected {
  readonly nodes: readonly number[];
  readonly arrows: number;
  readonly dotted: number;
  readonly bars: number;
  readonly sections: number;
}

export function expectedOf({ titles, waits, shared, phases }: Plot): Expected {
  const pairs = new Set(
    shared.flatMap((numbers) =>
      numbers.flatMap((one) => numbers.filter((other) => one < other).map((other) => `${one} ${other}`)),
    ),
  );
  const all = titles.length;
  return {
    nodes: [...new Set([...waits, ...shared].flat())].sort((a, b) => a - b),
    arrows: waits.length,
    dotted: pairs.size,
    bars:
      phases.length === 0
        ? all
        : phases.reduce((sum, { duration }) => sum + (duration === 'effort' ? all : 1), 0),
    sections: Math.max(1, phases.length),
  };
}
