import { describe, expect, test } from '@jest/globals';

import type { SubagentEvent } from '../../../src/core/communication/events.js';
import { ASKED_FOR, renderSync } from '../../../src/core/communication/sync-words.js';
import { sayComplete, sayEvent } from '../../../src/core/communication/told-words.js';
import type { Stakeholder } from '../../../src/core/communication/told-since.js';
import { read } from '../../../src/core/model/index.js';
import { HOSTILE } from '../text/hostile.js';
import {
  START,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  judge,
  person,
} from '../../support/view-builder.js';

/** What is left of a text without code, links of the app's own and the one mention that the settings name. */
function live(text: string): string {
  return text
    .replace(/^(For )@acme\/qa /m, '$1')
    .replace(/(`+)[^]*?\1/g, '')
    .replace(/\[#\d+\]\(\.\.\/(?:issues|pull)\/\d+\)/g, '');
}

const LIVE = /[@#＠﹫＃﹟](?!\u200b)|:\/\/|(?<!\\)<(?:!--|[a-z])/i;

describe.each(HOSTILE.filter(({ length }) => length < 1_000).map((words) => [words]))(
  'words like %j',
  (words) => {
    const line = words.replace(/\s+/g, ' ').trim().slice(0, 90) || 'x';
    const issue = anIssue(8, { title: words });
    const checks = read([{ name: line, app: 1, state: 'failed' as const }]);
    const pull = aWorkedPull(21, issue, { detail: { checks }, author: person(line) });
    const { view, progress } = judge(aSnapshot({ issues: [issue], pulls: [pull], trackers: [aTracker()] }));
    const stakeholder: Stakeholder = {
      name: line,
      mention: 'acme/qa',
      why: line,
      when: ['ready'],
      risk: [],
      labels: [],
      paths: [],
    };
    const [member] = view.members;

    test('are inert in what stakeholders are told', () => {
      if (member === undefined) throw new Error('no member');
      for (const event of ['deployed', 'ready', 'failing', 'conflict', 'merged'] as const) {
        const happened: SubagentEvent = { event, at: START, names: [line] };
        expect(live(sayEvent([stakeholder], happened, member, 'main'))).not.toMatch(LIVE);
      }
      expect(live(sayComplete([stakeholder], 'main'))).not.toMatch(LIVE);
    });

    test('are inert in a sync', () => {
      const text = renderSync(view, progress, START, ASKED_FOR);
      expect(live(text.replaceAll('](../settings/rules)', ']'))).not.toMatch(LIVE);
      expect(text).not.toMatch(/^\s*\//m);
    });
  },
);
