/** The same words in every place where people, or GitHub, may write, and what all worlds of them have in common. */
import { type Actor, type Issue, type Pull, type Snapshot, read } from '../../../src/core/model/index.js';
import { oneLine, stripInvisible } from '../../../src/core/text/clean.js';
import { trackerMarker } from '../../../src/core/view/trackers.js';
import { HOUR, START, aSnapshot, aTracker, anIssue, person, role } from '../../support/view-builder.js';

/** The same words as the kinds of names and texts that GitHub lets people choose. */
export interface Words {
  readonly text: string;
  /** On one line, not empty. */
  readonly line: string;
  readonly who: Actor;
  readonly writer: Actor;
  readonly label: string;
  /** As a branch may be called. */
  readonly branch: string;
  /** As the settings take it. */
  readonly setting: string;
}

export function wordsOf(text: string): Words {
  const line = oneLine(text.slice(0, 120)) || 'nothing';
  const login = line.slice(0, 60).trim();
  const ref = line.replace(/[\s~^:?*[\\\p{Cc}]|\.\.|@\{|\/(?=[./]|$)|\.lock|\.$/gu, '-');
  const setting = stripInvisible(line.slice(0, 55)).replaceAll('\ufffd', '').trim() || 'nothing';
  return {
    text: line === 'nothing' ? line : text.slice(0, 120),
    line,
    who: person(login),
    writer: person(`${login} w`),
    label:
      stripInvisible(setting.replaceAll(',', ' ').slice(0, 30)).replaceAll('\ufffd', '').trim() || 'nothing',
    branch: `x${ref}x`.slice(0, 80),
    setting,
  };
}

function configOf({ setting, label }: Words): string {
  const stakeholder = {
    name: setting,
    why: setting,
    when: ['deployed', 'ready', 'failing', 'conflict', 'merged'],
  };
  return JSON.stringify({
    notes: [setting],
    risks: [
      { risk: setting, issue: 801, mitigation: setting },
      { risk: `${setting} x`, mitigation: setting },
    ],
    checklist: [setting, { text: setting, auto: 'branches' }, { check: setting }],
    success: [setting, { text: setting, check: setting }],
    phases: [
      { name: setting, duration: 'effort' },
      { name: `${setting} x`, duration: '1h' },
    ],
    stakeholders: [stakeholder, { name: `${setting} x`, mention: 'acme/qa', labels: [label] }],
    sync: { times: ['09:00'], timezone: 'Europe/Berlin' },
  });
}

/** An issue with the words; its effort can be told whatever they are. */
export function issueOf(
  number: number,
  { text, line }: Words,
  parts: Parameters<typeof anIssue>[1] = {},
): Issue {
  // What GitHub hides of the words, it hides of all that follows: they come last.
  const section = number % 2 === 0 ? 'Scope' : 'Mitigation';
  const body = `### Effort\n\n3h\n\n### ${section}\n\nx ${line}`;
  return anIssue(number, { title: text, body, author: person(line), ...parts });
}

/** What every world has around its issues and pull requests. Who has written the words has read, and under another name write. */
export function around(words: Words, issues: readonly Issue[], pulls: readonly Pull[]): Snapshot {
  const { line, branch, who, writer } = words;
  const told = [...issues, ...pulls].map(({ number }) => [number, read([])] as const);
  return aSnapshot({
    issues,
    pulls: pulls.map((pull) => (pull.base === 'main' ? { ...pull, base: branch } : pull)),
    repository: { defaultBranch: branch },
    base: { branch },
    rules: { requiredChecks: ['build', line, 'merge-order'] },
    trackers: [aTracker({ number: 899, body: trackerMarker(branch, '0', false) })],
    config: configOf(words),
    toldSince: read({ stakeholders: { [words.setting.toLowerCase()]: START - HOUR }, sync: START }),
    said: { known: {}, asked: Object.fromEntries([...told, [899, read([])]]) },
    references: [`docs/${line}.md`],
    roles: {
      linus: role('write'),
      grace: role('maintain'),
      [who.login.toLowerCase()]: role('read'),
      [writer.login.toLowerCase()]: role('write'),
    },
  });
}
