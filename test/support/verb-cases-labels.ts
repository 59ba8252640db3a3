/** What the commands that set labels are to do, said by hand. */
import type { Verb } from '../../src/core/commands/registry.js';
import { FREE, SHOWN, TRACKING, type VerbCase, WORK } from './verb-case.js';

const FROZEN = 'merge-order in_progress, Frozen by grace: release day';

/** The pull requests that a freeze keeps from landing once the first two rounds are over: nobody has overridden their gates. */
const LANDABLE: readonly string[] =
  '1 2 3 4 5 6 7 8 9 13 14 15 16 17_(2) 18 own-19 own-20 21 22 23 24 28 29 30 31 32 33 34 35 36'
    .split(' ')
    .map((name) => name.replace('_', ' '));

export const LABEL_CASES = {
  shares: {
    role: 'triage',
    places: WORK,
    group: 'rated',
    round: 1,
    args: () => ' executor.py',
    does: ({ issue }) => [`+ #${issue}: label shares:executor.py`, '+ the label shares:executor.py', SHOWN],
  },
  'not-shares': {
    role: 'write',
    places: WORK,
    group: 'rated',
    round: 2,
    args: () => ' executor.py',
    does: ({ issue }) => [`- #${issue}: label shares:executor.py`, SHOWN],
  },
  effort: {
    role: 'triage',
    places: WORK,
    group: 'rated',
    round: 1,
    args: () => ' 5-6h',
    does: ({ issue }) => [`+ #${issue}: label effort:5-6h`, '+ the label effort:5-6h', SHOWN],
  },
  risk: {
    role: 'triage',
    places: WORK,
    group: 'rated',
    round: 1,
    args: () => ' high -- moves money',
    does: ({ issue }) => [`+ #${issue}: label risk:high`, '+ the label risk:high', SHOWN],
  },
  priority: {
    role: 'triage',
    places: WORK,
    group: 'rated',
    round: 1,
    args: () => ' p1',
    does: ({ issue }) => [`+ #${issue}: label priority:p1`, '+ the label priority:p1', SHOWN],
  },
  hold: {
    role: 'triage',
    places: WORK,
    group: 'held',
    round: 1,
    args: () => ' -- legal',
    does: ({ issue }) => [
      `+ #${issue}: label subagent:hold`,
      '+ the label subagent:hold',
      `- pull of ${issue}: ${FREE}`,
      `+ pull of ${issue}: merge-order in_progress, On hold by tove: legal`,
      SHOWN,
    ],
  },
  unhold: {
    role: 'write',
    places: WORK,
    group: 'held',
    round: 2,
    does: ({ issue }) => [
      `- #${issue}: label subagent:hold`,
      `- pull of ${issue}: merge-order in_progress, On hold by tove: legal`,
      `+ pull of ${issue}: ${FREE}`,
      SHOWN,
    ],
  },
  merge: {
    role: 'write',
    places: WORK,
    group: 'rated',
    round: 1,
    does: ({ issue }) => [`+ #${issue}: label subagent:merge`, '+ the label subagent:merge', SHOWN],
  },
  'not-merge': {
    role: 'write',
    places: WORK,
    group: 'rated',
    round: 2,
    does: ({ issue }) => [`- #${issue}: label subagent:merge`, SHOWN],
  },
  freeze: {
    role: 'maintain',
    places: TRACKING,
    group: 'held',
    round: 3,
    args: () => ' -- release day',
    does: () => [
      '+ tracking issue: label subagent:freeze',
      '+ the label subagent:freeze',
      ...LANDABLE.flatMap((pull) => [`- pull of ${pull}: ${FREE}`, `+ pull of ${pull}: ${FROZEN}`]),
      SHOWN,
    ],
  },
  unfreeze: {
    role: 'maintain',
    places: TRACKING,
    group: 'held',
    round: 4,
    does: () => [
      '- tracking issue: label subagent:freeze',
      ...LANDABLE.flatMap((pull) => [`- pull of ${pull}: ${FROZEN}`, `+ pull of ${pull}: ${FREE}`]),
      SHOWN,
    ],
  },
} satisfies Partial<Record<Verb, VerbCase>>;
