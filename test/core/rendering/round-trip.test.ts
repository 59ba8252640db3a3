/** What is read again from the body of the tracking issue: its marker, and what people have ticked. Nothing else in it counts. */
import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import type { Snapshot } from '../../../src/core/model/index.js';
import { findMarker, marker } from '../../../src/core/names/markers.js';
import { ticksOf } from '../../../src/core/tracking/ticks.js';
import { renderTracker } from '../../../src/core/tracking/tracker.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { aSnapshot, aTracker, anIssue, judge } from '../../support/view-builder.js';
import { CONCENTRATED, hostileText } from '../text/hostile.js';
import { outlineOf, renderGfm } from '../text/gfm.js';
import { wordsOf } from './words.js';

/** Items as the settings take them, none like another, and whether somebody ticks each. */
const items = fc.uniqueArray(fc.tuple(hostileText, fc.boolean()), {
  minLength: 1,
  maxLength: 5,
  selector: ([text]) => wordsOf(text).setting,
});

function bodyOf(texts: readonly string[], body: string): string {
  const [first = ''] = texts;
  const { branch, text } = wordsOf(first);
  const settings = texts.map((each) => wordsOf(each).setting);
  const snapshot: Snapshot = aSnapshot({
    issues: [anIssue(8, { title: text, body: `### Scope\n\n${text}` })],
    trackers: [aTracker({ body })],
    repository: { defaultBranch: branch },
    base: { branch },
    config: JSON.stringify({ checklist: settings, success: settings, notes: settings }),
  });
  const { view, progress } = judge(snapshot);
  expect(view.config.kind).toBe('valid');
  return renderTracker(view, progress, '0.1.0').body;
}

test('every tick survives, and none comes of what people have written', () => {
  fc.assert(
    fc.property(items, (chosen) => {
      const texts = chosen.map(([text]) => text);
      const { branch } = wordsOf(texts[0] ?? '');
      const fresh = bodyOf(texts, trackerMarker(branch, '0', false));
      const boxes = fresh.split('\n').filter((line) => line.startsWith('- [ ] '));
      expect(boxes).toHaveLength(2 * texts.length);
      expect(ticksOf(fresh).size).toBe(0);

      let box = -1;
      const ticked = fresh.replace(/^- \[ \] /gm, (line) => {
        box += 1;
        return chosen[box % texts.length]?.[1] === true && box < texts.length ? '- [x] ' : line;
      });
      const count = chosen.filter(([, isTicked]) => isTicked).length;
      expect(ticksOf(ticked).size).toBe(count);
      expect(bodyOf(texts, ticked.replaceAll('\n', '\r\n'))).toBe(ticked);
      expect(outlineOf(renderGfm(ticked)).filter((part) => / checked/.test(part))).toHaveLength(count);
    }),
    {
      numRuns: 30,
      examples: CONCENTRATED.map((text) => [
        [
          [text, true],
          ['other', false],
        ],
      ]),
    },
  );
});

test('the marker tells the branch, whatever that is called, and hides all of itself', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const { branch } = wordsOf(text);
      const body = bodyOf([text], trackerMarker(branch, '0', false));
      expect(findMarker(body, 'deployment')?.['base']).toBe(branch);
      expect(outlineOf(renderGfm(body)).filter((part) => part.startsWith('<!--'))).toHaveLength(1);
    }),
    { numRuns: 30, examples: CONCENTRATED.map((text): [string] => [text]) },
  );
});

test('a marker holds any value, and comes back as it was', () => {
  fc.assert(
    fc.property(hostileText, hostileText, (one, other) => {
      const [first, second] = [one, other].map((text) => text.replace(/\p{Surrogate}/gu, '\ufffd'));
      const values = { one: first ?? '', other: second ?? '' };
      const line = marker('test', values);
      expect(findMarker(`x\n${line}\r\ny`, 'test')).toEqual(values);
      expect(outlineOf(renderGfm(`${line}\n`))).toEqual([line]);
    }),
    { numRuns: 300 },
  );
});
