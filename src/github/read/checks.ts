import type { Check, OwnCheck, Readable } from '../../core/model/index.js';
import { MORE_CONTEXTS } from '../queries/pull-details.js';
import type { Transport } from '../transport.js';
import { type Connection, type Faults, type Path, ask, mapReadable, timeOf, whole } from './answer.js';
import { allPages } from './pages.js';
import type { Place } from './place.js';

/** The fragment `Context`: a check run or a commit status. */
export interface RawContext {
  readonly id?: string;
  readonly __typename: 'CheckRun' | 'StatusContext';
  readonly databaseId?: number | null;
  readonly name?: string;
  readonly status?: string;
  readonly conclusion?: string | null;
  readonly completedAt?: string | null;
  readonly externalId?: string | null;
  readonly checkSuite?: {
    readonly id: string;
    readonly app: { readonly databaseId: number | null; readonly slug: string } | null;
    readonly workflowRun: { readonly workflow: { readonly databaseId: number | null } | null } | null;
  } | null;
  readonly context?: string;
  readonly createdAt?: string;
  readonly statusState?: string;
}

export interface RawRollup {
  readonly contexts: Connection<RawContext>;
}

/** GitHub's own app that runs workflows. */
const ACTIONS = 'github-actions';

/** The checks on a commit: the newest of each app, workflow and name. None if nothing was reported on it. */
export async function readChecks(
  transport: Transport,
  place: Place,
  commit: { readonly oid: string; readonly statusCheckRollup: RawRollup | null },
  faults: Faults,
  path: Path,
): Promise<Readable<readonly Check[]>> {
  const top = [...path, 'statusCheckRollup'];
  // Which workflow a run is of may be hidden from the app; its suite then stands for it.
  faults.takeField(top, 'workflowRun');
  if (commit.statusCheckRollup === null) {
    return mapReadable(whole({ totalCount: 0, nodes: [] }, faults.take(top)), () => []);
  }
  const contexts = await allPages<RawContext, RawContext>(
    { list: commit.statusCheckRollup.contexts, faults, path: top },
    async (after) => {
      const { oid } = commit;
      const next = await ask<{
        readonly repository: {
          readonly object: { readonly statusCheckRollup: RawRollup | null } | null;
        } | null;
      }>(transport, MORE_CONTEXTS, { ...place, oid, after });
      next.faults.takeField([], 'workflowRun');
      const list = next.data.repository?.object?.statusCheckRollup?.contexts;
      return { list, faults: next.faults, path: [] };
    },
    (raw) => raw,
  );
  return mapReadable(contexts, checksOf);
}

function checksOf(contexts: readonly RawContext[]): readonly Check[] {
  const newest = new Map<string, RawContext>();
  for (const context of contexts) {
    const key = keyOf(context);
    const other = newest.get(key);
    if (other === undefined || (context.databaseId ?? 0) > (other.databaseId ?? 0)) newest.set(key, context);
  }
  return [...newest.values()]
    .map(checkOf)
    .sort((a, b) => (a.name === b.name ? (a.app ?? 0) - (b.app ?? 0) : a.name < b.name ? -1 : 1));
}

/**
 * Where the workflow of an Actions run is not told, each suite counts by itself: two runs of one name then both have to
 * pass, and neither hides the other.
 */
function keyOf({ __typename, name, checkSuite, context }: RawContext): string {
  if (__typename === 'StatusContext') return `status ${context}`;
  const app = checkSuite?.app;
  const workflow = checkSuite?.workflowRun?.workflow?.databaseId;
  const group = workflow ?? (app === null || app?.slug === ACTIONS ? `suite ${checkSuite?.id}` : '');
  return `run ${app?.databaseId} ${group} ${name}`;
}

function checkOf(raw: RawContext): Check {
  if (raw.__typename === 'StatusContext') {
    return { name: raw.context ?? '', app: null, ...endOf(statusOf(raw.statusState), raw.createdAt) };
  }
  const app = raw.checkSuite?.app?.databaseId ?? null;
  const { externalId } = raw;
  const end = endOf(runState(raw), raw.completedAt);
  return { name: raw.name ?? '', app, ...end, ...(externalId && { externalId }) };
}

function endOf(state: Check['state'], at: string | null | undefined): Pick<Check, 'state' | 'at'> {
  return { state, ...(state !== 'pending' && at && { at: timeOf(at) }) };
}

/** Success, neutral and skipped pass; any other conclusion fails. */
function runState({ status, conclusion }: RawContext): Check['state'] {
  if (status !== 'COMPLETED') return 'pending';
  return ['SUCCESS', 'NEUTRAL', 'SKIPPED'].includes(conclusion ?? '') ? 'passed' : 'failed';
}

function statusOf(state: string | undefined): Check['state'] {
  if (state === 'SUCCESS') return 'passed';
  return state === 'PENDING' || state === 'EXPECTED' ? 'pending' : 'failed';
}

/** A check suite of the app itself, with its runs. */
export interface RawSuite {
  readonly createdAt: string;
  readonly checkRuns: Connection<{
    readonly id: string;
    readonly databaseId: number;
    readonly name: string;
    readonly status: string;
    readonly conclusion: string | null;
    readonly title: string | null;
    readonly externalId: string | null;
    readonly startedAt: string | null;
  }> | null;
}

/** The app's own runs, newest first. `fault` is the first error below the suites. */
export function ownChecksOf(
  suites: Connection<RawSuite> | null,
  fault: string | null,
): Readable<readonly OwnCheck[]> {
  const all = whole(suites, fault);
  if (all.kind === 'unreadable') return all;
  const checks: OwnCheck[] = [];
  for (const suite of all.value) {
    const runs = whole(suite.checkRuns, null);
    if (runs.kind === 'unreadable') return runs;
    for (const run of runs.value) {
      checks.push({
        id: run.databaseId,
        nodeId: run.id,
        name: run.name,
        status: ownStatus(run.status),
        conclusion: run.conclusion?.toLowerCase() ?? null,
        title: run.title ?? '',
        externalId: run.externalId ?? '',
        startedAt: timeOf(run.startedAt ?? suite.createdAt),
      });
    }
  }
  return { kind: 'read', value: checks.sort((a, b) => b.id - a.id) };
}

/** An app's own run is never in the states that only Actions knows. */
function ownStatus(raw: string): OwnCheck['status'] {
  if (raw === 'COMPLETED') return 'completed';
  return raw === 'IN_PROGRESS' ? 'in_progress' : 'queued';
}
