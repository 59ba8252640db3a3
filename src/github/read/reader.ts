import type { SnapshotReader } from '../../app/ports.js';
import { type Readable, type Snapshot, type Time, valueOr } from '../../core/model/index.js';
import { type Known, nothingKnown } from '../known.js';
import type { Transport } from '../transport.js';
import { completeBranches } from './branches.js';
import { openCandidates, readComments } from './comments.js';
import { firstParameters, settingsOf } from './config.js';
import { type Core, type CoreInput, readCore } from './core.js';
import { completeIssues, completePulls } from './details.js';
import { completeMembers } from './members.js';
import { type Memory, createMemory } from './memory.js';
import { knownNamed, lookUp } from './named.js';
import { type Parameters, settingsVariables } from './parameters.js';
import { type Place, placeOf } from './place.js';
import { askRoles, knownRoles } from './roles.js';
import { readTasks } from './tasks.js';

export interface SnapshotReaderOptions {
  readonly transport: Transport;
  /** `owner/name`. */
  readonly repository: string;
  readonly appId: number;
  readonly now: () => Time;
  /** Told the database id of the app's bot account at each read. */
  readonly onViewer?: (id: number) => void;
  /** Shared with the writer of the same repository. */
  readonly known?: Known;
}

/**
 * Reads one repository: one GraphQL query and one conditional request while nothing changes, and details of what did.
 * Whatever GitHub leaves out is unreadable in the snapshot. Throws an AppError if there is no answer, or none of the
 * repository.
 */
export function createSnapshotReader(options: SnapshotReaderOptions): SnapshotReader {
  const { transport, repository, appId, now, onViewer, known = nothingKnown() } = options;
  const place = placeOf(repository);
  const memory = createMemory(now());

  async function read({ keepComments = false } = {}): Promise<Snapshot> {
    const before = new Map(memory.comments.candidates);
    const { input, core, lastValid } = await readInForce(transport, place, appId, memory);
    onViewer?.(core.me);
    known.repositoryId = core.repository.id;
    const time = now();
    for (const number of known.dependencies) memory.rewritten.set(number, time);
    known.dependencies.clear();
    const members = await completeMembers(input, core, time);
    const issues = await each(members.issues, (all) => completeIssues(input, core, all, time));
    const pulls = await each(members.pulls, (all) => completePulls(input, core, all, time));
    const branches = await completeBranches(input, core);
    const tasks = await readTasks(input, valueOr(pulls, []), valueOr(branches, {}), known.tasks);
    memory.trackers = valueOr(core.trackers, []).map(({ id }) => id);
    return {
      repository: core.repository,
      config: textOf(core.config),
      lastValidConfig: lastValid,
      base: core.base,
      issues,
      pulls,
      branches,
      trackers: core.trackers,
      comments: await readComments({
        transport,
        place,
        repository: core.repository.name,
        memory,
        me: core.me,
        tracker: core.tracker,
        nodes: core.nodes.comments,
        before,
        keep: keepComments,
      }),
      tasks,
      named: knownNamed(memory, time),
      references: core.references,
      roles: knownRoles(memory),
    };
  }

  return {
    read,
    lowRateLimit: () => memory.lowRateLimit,
    async readRoles(snapshot, logins) {
      const asked = await askRoles(transport, place, memory, logins, now, known.people);
      return { ...snapshot, roles: { ...snapshot.roles, ...asked } };
    },
    async readNamed(snapshot, numbers) {
      const found = await lookUp(transport, place, memory, numbers, now());
      return { ...snapshot, named: { ...snapshot.named, ...found } };
    },
  };
}

interface InForce {
  readonly input: CoreInput;
  readonly core: Core;
  readonly lastValid: string | null;
}

/**
 * The core, asked with the settings of the last read. If the settings in it, or the default branch, ask for something
 * else, it is read once more; should they change again in between, the next snapshot finds out.
 */
async function readInForce(
  transport: Transport,
  place: Place,
  appId: number,
  memory: Memory,
): Promise<InForce> {
  let parameters = memory.parameters ?? (await firstParameters(transport, place, memory));
  for (let again = true; ; again = false) {
    const input: CoreInput = { transport, place, appId, memory, parameters, ids: idsToRead(memory) };
    const core = await readCore(input);
    const { settings, lastValid } = await settingsOf(transport, place, core.config, memory);
    const next: Parameters = { settings, defaultBranch: core.repository.defaultBranch };
    memory.parameters = next;
    if (!again || sameQuestion(parameters, next))
      return { input: { ...input, parameters: next }, core, lastValid };
    parameters = next;
  }
}

/** The branch template counts beside its folder: it says which refs are of issues. */
function sameQuestion(a: Parameters, b: Parameters): boolean {
  return JSON.stringify(settingsVariables(a)) === JSON.stringify(settingsVariables(b));
}

/** GitHub takes a hundred ids at once. */
const MOST_IDS = 100;

function idsToRead(memory: Memory): readonly string[] {
  const issues = [...memory.trackers, ...memory.unlabelled.values()].slice(0, MOST_IDS);
  const comments = openCandidates(memory, MOST_IDS - issues.length).map(({ nodeId }) => nodeId);
  return [...new Set([...issues, ...comments])];
}

async function each<T, U>(list: Readable<T>, complete: (value: T) => Promise<U>): Promise<Readable<U>> {
  return list.kind === 'read' ? { kind: 'read', value: await complete(list.value) } : list;
}

function textOf(config: Core['config']): Snapshot['config'] {
  if (config.kind === 'unreadable') return config;
  return { kind: 'read', value: config.value?.text ?? null };
}
