/** A deployment of any size, as it stands in the middle of its work. Equal sizes give equal deployments. */
import type { Verdict } from '../src/core/gate/verdict.js';
import { type Issue, type Pull, type Snapshot, read, valueOr } from '../src/core/model/index.js';
import { planGates } from '../src/core/plan/gates.js';
import { configInForce } from '../src/core/view/config-in-force.js';
import { progressOf } from '../src/core/view/progress.js';
import { viewOf } from '../src/core/view/view.js';
import { aComment, blocker, ownGate } from '../test/support/snapshot.js';
import {
  NOW,
  aMergedPull,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  sha,
} from '../test/support/view-builder.js';

/** Each waits for so many others of the hundred before it. */
export const EDGES_EACH = 3;
/** Added to the number of an issue it is that of its pull request. */
const FIRST_PULL = 1_000_000;
/** The first tenth has landed. */
const LANDED = 0.1;
/** Every so manieth shares a file with the next of them, in groups of as many. */
const SHARING = 10;

/** A snapshot of so many subagents with three times as many dependencies. */
export function aDeployment(size: number): Snapshot {
  const random = createRandom(size);
  const issues: Issue[] = [];
  const pulls: Pull[] = [];
  for (let number = 1; number <= size; number += 1) {
    const waits = new Set<number>();
    while (waits.size < Math.min(EDGES_EACH, number - 1)) {
      waits.add(Math.max(1, number - 100) + random(Math.min(100, number - 1)));
    }
    const issue = anIssue(number, {
      title: `Make part ${number} of the market reliable`,
      body: bodyOf(number),
      labels: labelsOf(number, random),
      blockedBy: read([...waits].map((each) => blocker(each))),
    });
    issues.push(issue);
    pulls.push(pullOf(issue, number <= size * LANDED, random));
  }
  const comments = issues
    .filter(({ number }) => number % 20 === 0)
    .map(({ number }) => aComment(number, '/merge -- looks good', { id: number, answered: 'done' }));
  return aSnapshot({ issues, pulls, comments: read(comments), trackers: [aTracker({ number: size + 1 })] });
}

/**
 * The deployment once its gates say what they should, and right after one more pull request was merged: the first open
 * one, on which others wait.
 */
export function afterOneMerge(size: number): Snapshot {
  let settled = aDeployment(size);
  for (let round = 0, left = Infinity; left > 0; round += 1) {
    if (round === MOST_ROUNDS) throw new Error(`the gates of ${size} subagents do not settle`);
    const verdicts = unpublished(settled);
    left = verdicts.size;
    settled = published(settled, verdicts);
  }
  const number = Math.floor(size * LANDED) + 1;
  const issue = valueOr(settled.issues, []).find((each) => each.number === number);
  if (issue === undefined) throw new Error(`there is no #${number}`);
  const pulls = valueOr(settled.pulls, []).map((pull) =>
    pull.number === FIRST_PULL + number ? { ...pull, ...mergedNow(number) } : pull,
  );
  return { ...settled, pulls: read(pulls) };
}

/** Rounds of publishing after which every gate says what it should: what is said of a landing changes others. */
const MOST_ROUNDS = 5;

/** What merges a pull request of the deployment. */
function mergedNow(number: number): Pick<Pull, 'state' | 'closedAt' | 'mergeCommit'> {
  return { state: 'merged', closedAt: NOW, mergeCommit: sha(`merge ${number}`) };
}

/** The verdicts that are not on their heads yet, by the head. */
function unpublished(snapshot: Snapshot): ReadonlyMap<string, Verdict> {
  const config = configInForce(snapshot);
  if (config === null) throw new Error('the config of the snapshot cannot be read');
  const view = viewOf(snapshot, config, NOW, digest);
  const { ofLanding, others } = planGates(view, progressOf(view));
  const writes = [...ofLanding, ...others].flatMap((action) =>
    action.kind === 'publish gates' ? action.gates : [],
  );
  return new Map(writes.map(({ sha: head, verdict }) => [head, verdict]));
}

function published(snapshot: Snapshot, verdicts: ReadonlyMap<string, Verdict>): Snapshot {
  const pulls = valueOr(snapshot.pulls, []).map((pull): Pull => {
    const verdict = verdicts.get(pull.head.sha);
    if (verdict === undefined) return pull;
    const { status, title, externalId } = verdict;
    const conclusion = verdict.conclusion?.toUpperCase() ?? null;
    const run = { id: pull.number, nodeId: `check-${pull.number}`, startedAt: NOW };
    return { ...pull, ownChecks: read([ownGate(null, { ...run, status, conclusion, title, externalId })]) };
  });
  return { ...snapshot, pulls: read(pulls) };
}

function labelsOf(number: number, random: (below: number) => number): readonly string[] {
  const labels = ['deploy-subagent', `priority:p${random(4)}`, 'effort:4-6h'];
  if (number % SHARING === 0) labels.push(`shares:module_${Math.floor(number / SHARING ** 2)}.py`);
  if (number % 20 === 0) labels.push('subagent:merge');
  return labels;
}

function bodyOf(number: number): string {
  return [
    `### Scope\n\nPart ${number}: locks, queues and their tests, in \`src/part_${number}.py\`.`,
    '### Effort\n\n5-6 hours',
    `### Risk\n\nMEDIUM: part ${number} is used by many others`,
    '### Mitigation\n\n- A dry run\n- Monitoring for a day',
  ].join('\n\n');
}

/** Its pull request changes ten files: nine of its own and one that it has in common with a few others. */
function pullOf(issue: Issue, isLanded: boolean, random: (below: number) => number): Pull {
  const { number } = issue;
  const own = Array.from({ length: 9 }, (_, index) => `src/part_${number}/file_${index}.py`);
  const files = read([...own, `src/common_${random(500) + Math.floor(number / 1_000) * 500}.py`]);
  const pull = FIRST_PULL + number;
  if (isLanded) return aMergedPull(pull, issue, { detail: { files } });
  const head = { branch: `feature/issue-${number}`, sha: sha(`work ${number}`), sameRepository: true };
  const ownChecks = read([ownGate(null, { id: number, nodeId: `check-${number}` })]);
  const detail = { files, behindBy: 1, lacks: read([sha('merge 1')]) };
  return aWorkedPull(pull, issue, { head, ownChecks, draft: number % 3 === 0, detail });
}

/** Numbers from 0 up to a limit, always the same for one seed. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
