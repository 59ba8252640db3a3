import { describe, expect, test } from '@jest/globals';

import { type SettingsVersion, tellsAnybody, toldSince } from '../../../src/core/communication/told-since.js';
import { parseSettings } from '../../../src/core/settings/parse.js';

const QA = 'stakeholders: [{ name: QA, mention: acme/qa, why: tests, when: [ready] }]\n';
const BOTH = `${QA.slice(0, -2)}, { name: Ops, when: [merged] }]\n`;
const SYNC = 'sync: { times: ["09:00"] }\n';

function settingsOf(text: string) {
  const parsed = parseSettings(text);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return parsed.settings;
}

/** Versions of the file, newest first, of the days 3, 2, 1. */
function sinceOf(...texts: readonly (string | null)[]) {
  const versions = texts.map((text, index): SettingsVersion => ({ at: texts.length - index, text }));
  return toldSince(settingsOf(texts[0] ?? ''), versions);
}

describe('since when somebody is told', () => {
  test('is when the entry came, however often others were added since', () => {
    expect(sinceOf(BOTH, QA, '')).toEqual({ stakeholders: { qa: 2, ops: 3 }, sync: 1 });
  });

  test('is now where what they are told of has changed, and not where only the reason has', () => {
    expect(sinceOf(QA.replace('ready', 'ready, merged'), QA).stakeholders).toEqual({ qa: 2 });
    expect(sinceOf(QA.replace('tests', 'checks'), QA).stakeholders).toEqual({ qa: 1 });
    expect(sinceOf(QA.replace('acme/qa', 'ada'), QA).stakeholders).toEqual({ qa: 2 });
  });

  test('counts anew for somebody who was taken out in between', () => {
    expect(sinceOf(QA, '', QA).stakeholders).toEqual({ qa: 3 });
    expect(sinceOf(QA, null, QA).stakeholders).toEqual({ qa: 3 });
  });

  test('goes past versions that were never in force', () => {
    expect(sinceOf(QA, 'nonsense: 1', QA).stakeholders).toEqual({ qa: 1 });
  });

  test('of syncs is when their times or their zone came', () => {
    expect(sinceOf(SYNC, SYNC, '').sync).toBe(2);
    expect(sinceOf(SYNC.replace('09', '10'), SYNC).sync).toBe(2);
  });

  test('is not before the file came into force, be it ever so old', () => {
    const versions = [
      { at: 5, text: BOTH },
      { at: 2, text: QA },
    ];
    expect(toldSince(settingsOf(BOTH), versions, 4)).toEqual({ stakeholders: { qa: 4, ops: 5 }, sync: 4 });
  });

  test('is as long as can be where the history is empty', () => {
    expect(toldSince(settingsOf(QA), [])).toEqual({ stakeholders: { qa: 0 }, sync: 0 });
  });
});

test('settings tell nobody anything where no stakeholder has an event and no sync a time', () => {
  expect(tellsAnybody(settingsOf('stakeholders: [{ name: QA }]'))).toBe(false);
  expect(tellsAnybody(settingsOf(QA))).toBe(true);
  expect(tellsAnybody(settingsOf(SYNC))).toBe(true);
});
