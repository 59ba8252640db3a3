import type { SnapshotReader } from '../../app/ports.js';
import { type Snapshot, type Time, valueOr } from '../../core/model/index.js';
import { type Known, nothingKnown } from '../known.js';
import type { Transport } from '../transport.js';
import { readComments } from './comments.js';
import type { Core } from './core.js';
import { readHeadConfigs } from './head-configs.js';
import { readLook } from './look.js';
import { createMemory } from './memory.js';
import { knownNamed, lookUp } from './named.js';
import { placeOf } from './place.js';
import { askRoles, knownRoles } from './roles.js';
import { knownSaid, lookThrough } from './said.js';
import { readTasks } from './tasks.js';
import { readToldSince } from './told-since.js';

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
    const look = await readLook({ transport, place, appId, memory, known, now });
    const { input, core, lastValid, issues, pulls, branches, before, time } = look;
    onViewer?.(core.me);
    const tasks = await readTasks(input, valueOr(pulls, []), valueOr(branches, {}), known.tasks);
    memory.trackers = valueOr(core.trackers, []).map(({ id }) => id);
    return {
      repository: core.repository,
      config: textOf(core.config),
      configFrom: valueOr(core.config, null)?.from ?? null,
      lastValidConfig: lastValid,
      headConfigs: await readHeadConfigs(input, valueOr(pulls, [])),
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
      said: knownSaid(known),
      toldSince: await readToldSince(input, core),
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
    async readSaid(snapshot, numbers) {
      const asked = await lookThrough(transport, place, known, numbers);
      return { ...snapshot, said: { ...snapshot.said, asked: { ...snapshot.said.asked, ...asked } } };
    },
  };
}

function textOf(config: Core['config']): Snapshot['config'] {
  if (config.kind === 'unreadable') return config;
  return { kind: 'read', value: config.value?.text ?? null };
}
