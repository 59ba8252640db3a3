/** What people write changes the words of what the app says, and nothing else of it: rendered as GitHub does. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';

import { refusedByGitHub } from '../../../src/core/plan/commands.js';
import { liveIn, outlineOf, renderGfm } from '../text/gfm.js';
import { CONCENTRATED, hostileText } from '../text/hostile.js';
import { wordsOf } from './words.js';
import { WORLDS, commanded } from './worlds.js';
import { type Said, saidIn, textsOf } from './said.js';

const HARMLESS = 'harmless words';

/** A rendering without its texts. */
interface Shape {
  readonly where: string;
  readonly outline: readonly string[];
  readonly live: readonly string[];
}

function shapeOf([where, markdown]: Said): Shape {
  const html = renderGfm(markdown);
  return { where, outline: outlineOf(html).map(ownShape), live: liveIn(html) };
}

/** Names of branches and files stand in addresses, and in the marker. */
function ownShape(tag: string): string {
  return tag
    .replace(/^(<a href="\.\.\/(?:tree|blob)\/)[\w.~%/!'*-]*(">)$/, '$1…$2')
    .replace(/^(<!-- yardmaster:\w+) [!-~ ]* -->$/, '$1 -->');
}

const OPTIONS = { numRuns: CONCENTRATED.length + 3, examples: CONCENTRATED.map((text): [string] => [text]) };

describe.each(Object.entries(WORLDS))('what the app says %s', (_, worldOf) => {
  const harmless = saidIn(worldOf(HARMLESS)).map(shapeOf);

  test('shows their words', () => {
    const said = saidIn(worldOf(HARMLESS)).filter(([, markdown]) => markdown.includes('harmless'));
    expect(said.length).toBeGreaterThan(1);
  });

  test('has no link, mention, reference or element more, or less, whatever people write', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(saidIn(worldOf(text)).map(shapeOf)).toEqual(harmless);
      }),
      OPTIONS,
    );
  });
});

/** What an answer may have beside words: who asked is mentioned, and issues of the deployment are named. */
const OWN_LIVE = /^(?:mention: @linus|reference: #8\d\d)$/;
const OWN_PART = /^<(?:\/?(?:p|ul|li|strong|em|code)|a href="\.\.\/(?:issues|pull)\/8\d\d"|\/a)>$/;

test('an answer to a command links and mentions nothing of its words', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shapes = commanded(text)
        .flatMap((world) => saidIn(world))
        .map(shapeOf);
      expect(shapes.length).toBeGreaterThan(8);
      const parts = shapes.flatMap(({ outline, live }) => [
        ...outline.filter((part) => !OWN_PART.test(part)),
        ...live.filter((part) => !OWN_LIVE.test(part)),
      ]);
      expect(parts).toEqual([]);
    }),
    OPTIONS,
  );
});

test('a sentence of GitHub in an answer is only words', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const answer = (sentence: string) =>
        refusedByGitHub({ id: 1, number: 801, login: 'linus' }, 'do that', sentence)
          .flatMap(textsOf)
          .map(shapeOf);
      expect(answer(wordsOf(text).line)).toEqual(answer(HARMLESS));
    }),
    OPTIONS,
  );
});
