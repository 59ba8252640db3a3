import { type Readable, type Time, read, unreadable, valueOr } from '../../core/model/index.js';
import { adoptedBy } from '../../core/membership/adopted.js';
import { branchOf, issueOfBranch } from '../../core/names/members.js';
import { numbered } from '../queries/aliases.js';
import { issuesDocument, pullsOfBranchesDocument } from '../queries/lookups.js';
import { type Connection, ask } from './answer.js';
import type { Core, CoreInput } from './core.js';
import { type CoreIssue, type RawIssue, coreIssue } from './issue.js';
import { isUnnamed } from './named.js';
import { inBatches } from './pages.js';
import { type CorePull, type RawPull, corePull } from './pull.js';

/** The lists of the core, completed: open and closed issues with those of the app's own pull requests, and the pull requests. */
export interface Members {
  readonly issues: Readable<readonly CoreIssue[]>;
  readonly pulls: Readable<readonly CorePull[]>;
}

export async function completeMembers(input: CoreInput, core: Core, now: Time): Promise<Members> {
  const labelled = both(core.open, core.closed);
  const pulls = await completePulls(input, core);
  if (labelled.kind === 'unreadable') return { issues: labelled, pulls };
  if (pulls.kind === 'unreadable') return { issues: labelled, pulls };
  return { issues: await withUnlabelled(input, core, labelled.value, pulls.value, now), pulls };
}

function both<T>(a: Readable<readonly T[]>, b: Readable<readonly T[]>): Readable<readonly T[]> {
  if (a.kind === 'unreadable') return a;
  return b.kind === 'unreadable' ? b : read([...a.value, ...b.value]);
}

/**
 * All open pull requests, and the closed ones whose branch has the name of an issue's branch, or that were adopted. One of
 * an issue's branch may be older than the list: the branches of open issues without a pull request are then asked for by
 * name. An adopted one was open when its draft was closed, so it is in the list where the draft is.
 */
async function completePulls(input: CoreInput, core: Core): Promise<Readable<readonly CorePull[]>> {
  const adopted = new Set(valueOr(core.done, []).map(({ pull }) => adoptedBy(pull)));
  const counts = (each: CorePull) => isOfIssue(each, input) || adopted.has(each.pull.number);
  const done = core.done.kind === 'read' ? core.done.value.filter(counts) : null;
  if (core.pulls.kind === 'unreadable') return core.pulls;
  if (core.done.kind === 'unreadable' || done === null) return core.done;
  const pulls = [...core.pulls.value, ...done];
  if (core.doneKey === null || core.open.kind === 'unreadable') return read(pulls);

  const { settings } = input.parameters;
  const taken = new Set(pulls.filter((each) => isOfIssue(each, input)).map(({ pull }) => pull.head.branch));
  const branches = core.open.value
    .map(({ issue }) => branchOf(settings, issue.number))
    .filter((branch) => !taken.has(branch));
  const older = await olderPulls(input, core, branches);
  return older.kind === 'unreadable' ? older : read([...pulls, ...older.value]);
}

/** As long as no pull request was closed, a branch that had none has none. */
async function olderPulls(
  input: CoreInput,
  core: Core,
  branches: readonly string[],
): Promise<Readable<readonly CorePull[]>> {
  const { transport, place, appId, memory } = input;
  const key = core.doneKey ?? '';
  const unknown = branches.filter((branch) => memory.closedPulls.get(branch, key) === undefined);
  memory.closedPulls.keep(branches);
  const found: CorePull[] = [];
  let problem: string | null = null;
  await inBatches<string, null>(
    unknown,
    async (batch) => {
      type Lists = { readonly repository: Readonly<Record<string, Connection<RawPull> | null>> | null };
      const variables = { ...place, app: appId, ...numbered('head', batch) };
      const { data, faults } = await ask<Lists>(transport, pullsOfBranchesDocument(batch.length), variables);
      for (const [index, branch] of batch.entries()) {
        const path = ['repository', `a${index}`];
        const nodes = data.repository?.[`a${index}`]?.nodes ?? [null];
        const pulls = nodes.map((raw, at) => raw && corePull(raw, faults, [...path, 'nodes', at], core.me));
        const fault = faults.take(path);
        if (fault !== null || pulls.includes(null)) problem ??= fault ?? 'GitHub left a part of it out';
        else if (pulls.length === 0) memory.closedPulls.set(branch, key, read(true));
        found.push(...pulls.filter((pull) => pull !== null).filter((each) => isOfIssue(each, input)));
      }
      return batch.map(() => null);
    },
    (_, why) => {
      problem ??= why;
      return null;
    },
  );
  return problem === null ? read(found) : unreadable(problem);
}

/** Adds the issues of the app's own pull requests that do not carry the label any more. */
async function withUnlabelled(
  input: CoreInput,
  core: Core,
  labelled: readonly CoreIssue[],
  pulls: readonly CorePull[],
  now: Time,
): Promise<Readable<readonly CoreIssue[]>> {
  const { memory, parameters } = input;
  const known = new Set(labelled.map(({ issue }) => issue.number));
  const own = pulls.filter(
    ({ pull }) =>
      pull.author?.kind === 'me' &&
      pull.head.sameRepository &&
      (pull.state === 'open' || (core.since !== null && pull.createdAt >= core.since)),
  );
  const numbers = new Set(
    own.flatMap(({ pull }) => issueOfBranch(parameters.settings.branch, pull.head.branch) ?? []),
  );
  const wanted = [...numbers].filter((number) => !known.has(number));
  for (const number of memory.unlabelled.keys()) {
    if (!wanted.includes(number)) memory.unlabelled.delete(number);
  }

  const issues = [...labelled];
  const missing: number[] = [];
  for (const number of wanted) {
    const issue = core.nodes.issues.get(memory.unlabelled.get(number) ?? '');
    if (issue !== undefined) issues.push(issue);
    else if (!isUnnamed(memory, number, now)) missing.push(number);
  }
  for (const entry of await issuesByNumber(input, missing, core.me)) {
    if (typeof entry === 'number') memory.unnamed.set(entry, now);
    else if (entry.kind === 'unreadable') return entry;
    else {
      memory.unlabelled.set(entry.value.issue.number, entry.value.issue.id);
      issues.push(entry.value);
    }
  }
  return read(issues);
}

/** Issues by number; the number itself where there is no such issue. */
function issuesByNumber(
  { transport, place }: CoreInput,
  numbers: readonly number[],
  me: number,
): Promise<readonly (Readable<CoreIssue> | number)[]> {
  return inBatches<number, Readable<CoreIssue> | number>(
    numbers,
    async (batch) => {
      type Issues = { readonly repository: Readonly<Record<string, RawIssue | null>> | null };
      const variables = { ...place, ...numbered('number', batch) };
      const { data, faults } = await ask<Issues>(transport, issuesDocument(batch.length), variables);
      return batch.map((number, index) => {
        const path = ['repository', `a${index}`];
        const raw = data.repository?.[`a${index}`];
        if (!raw && faults.isGone(path)) return number;
        const issue = raw && coreIssue(raw, faults, path, me);
        const fault = faults.take(path);
        return issue && fault === null
          ? read(issue)
          : unreadable(fault ?? 'GitHub left it out of its answer');
      });
    },
    (_, why) => unreadable(why),
  );
}

/** True if its branch, in this repository, has the name of an issue's branch. */
function isOfIssue({ pull }: CorePull, { parameters }: CoreInput): boolean {
  return (
    pull.head.sameRepository && issueOfBranch(parameters.settings.branch, pull.head.branch) !== undefined
  );
}
