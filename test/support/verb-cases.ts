/** What each command is to do, said by hand. */
import type { Verb } from '../../src/core/commands/registry.js';
import {
  type At,
  BLOCKER,
  EVERYWHERE,
  FREE,
  ONE_ISSUE,
  SHOWN,
  TRACKING,
  type VerbCase,
  WAITS,
  WORK,
} from './verb-case.js';
import { LABEL_CASES } from './verb-cases-labels.js';

/** With a verb that the registry has not, or without one that it has, the types do not fit. */
export const VERB_CASES: Readonly<Record<Verb, VerbCase>> = {
  help: { role: 'triage', places: EVERYWHERE, group: 'held', round: 1, does: 'answers' },
  status: { role: 'triage', places: WORK, group: 'held', round: 1, does: 'answers' },
  why: { role: 'triage', places: WORK, group: 'held', round: 1, does: 'answers' },
  refresh: { role: 'triage', places: EVERYWHERE, group: 'held', round: 1, does: () => [] },
  deploy: {
    role: 'write',
    places: WORK,
    group: 'deployed',
    round: 1,
    does: ({ issue, place }) => {
      const pull = `pull of ${issue}${place === 'pull request' ? ' (2)' : ''}`;
      return [
        `+ #${issue}: label deploy-subagent`,
        `+ ${pull}: open`,
        `+ ${pull}: text`,
        `+ ${pull}: draft into main`,
        `+ ${pull}: assigned to linus`,
        `+ ${pull}: ${FREE}`,
        place === 'pull request' ? `~ branch feature/issue-${issue}` : `+ branch feature/issue-${issue}`,
        SHOWN,
      ];
    },
  },
  cancel: {
    role: 'write',
    places: WORK,
    group: 'cancelled',
    round: 1,
    does: cancelled,
    again: cancelled,
  },
  start: { role: 'write', places: WORK, group: 'held', round: 1, does: 'is not served' },
  retry: { role: 'write', places: WORK, group: 'held', round: 1, does: 'is not served' },
  redeploy: {
    role: 'write',
    places: WORK,
    group: 'edited',
    round: 1,
    does: ({ issue }) => [`~ branch feature/issue-${issue}`, SHOWN],
    again: ({ issue }) => [`~ branch feature/issue-${issue}`, SHOWN],
  },
  ready: {
    role: 'write',
    places: WORK,
    group: 'ready',
    round: 1,
    does: ({ issue }) => [
      `- pull of ${issue}: draft into main`,
      `+ pull of ${issue}: pull request open into main`,
      `~ branch feature/issue-${issue}`,
      SHOWN,
    ],
  },
  adopt: {
    role: 'write',
    places: ONE_ISSUE,
    group: 'adopting',
    round: 1,
    args: ({ own }) => ` #${own}`,
    does: ({ issue, own }) => [
      `- pull of ${issue}: draft into main`,
      `- pull of ${issue}: open`,
      `- pull of ${issue}: ${FREE}`,
      `+ pull of ${issue}: pull request closed into main`,
      `+ pull of ${issue}: closed`,
      `~ pull of ${issue}: text`,
      `+ pull of ${issue}: yardmaster[bot]: Closed: #${own} takes its place as the pull request of issue #${issue}. The branch \`feature/issue-${issue}\` is kept.`,
      `- pull of own-${issue}: merge-order success, Not part of a subagent deployment`,
      `+ pull of own-${issue}: ${FREE}`,
      SHOWN,
    ],
  },
  'depends-on': {
    role: 'triage',
    places: ONE_ISSUE,
    group: 'waiting',
    round: 1,
    args: () => ` #${BLOCKER}`,
    does: ({ issue }) => [
      `+ #${issue}: waits for #${BLOCKER}`,
      `- pull of ${issue}: ${FREE}`,
      `+ pull of ${issue}: ${WAITS}`,
      SHOWN,
    ],
  },
  'not-depends-on': {
    role: 'write',
    places: ONE_ISSUE,
    group: 'waiting',
    round: 2,
    args: () => ` #${BLOCKER}`,
    does: ({ issue }) => [
      `- #${issue}: waits for #${BLOCKER}`,
      `- pull of ${issue}: ${WAITS}`,
      `+ pull of ${issue}: ${FREE}`,
      SHOWN,
    ],
  },
  update: {
    role: 'write',
    places: WORK,
    group: 'ready',
    round: 2,
    does: ({ issue }) => [`~ branch feature/issue-${issue}`],
    again: ({ issue }) => [`~ branch feature/issue-${issue}`],
  },
  override: {
    role: 'maintain',
    places: WORK,
    group: 'blocked',
    round: 1,
    args: () => ' -- agreed with ops',
    does: ({ issue }) => [
      `- pull of ${issue}: ${WAITS}`,
      `+ pull of ${issue}: merge-order success, Order overridden by grace for <sha>: agreed with ops`,
      SHOWN,
    ],
  },
  pause: { role: 'write', places: TRACKING, group: 'held', round: 1, does: 'is not served' },
  resume: { role: 'write', places: TRACKING, group: 'held', round: 1, does: 'is not served' },
  integrate: { role: 'write', places: TRACKING, group: 'held', round: 1, does: 'is not served' },
  sync: { role: 'triage', places: TRACKING, group: 'held', round: 1, does: 'posts a sync' },
  ...LABEL_CASES,
};

function cancelled({ issue }: At): readonly string[] {
  return [
    `- #${issue}: label deploy-subagent`,
    `- pull of ${issue}: open`,
    `- pull of ${issue}: draft into main`,
    `- pull of ${issue}: ${FREE}`,
    `+ pull of ${issue}: closed`,
    `+ pull of ${issue}: pull request closed into main`,
    `+ pull of ${issue}: yardmaster[bot]: Closed: the deploy label was removed (issue #${issue}). The branch \`feature/issue-${issue}\` is kept. To take the work up again, deploy the issue again.`,
    SHOWN,
  ];
}
