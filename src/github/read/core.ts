import { AppError } from '../../app/errors.js';
import { type Base, type Readable, type Repository, type Tracker, valueOr } from '../../core/model/index.js';
import type { SettingsFile } from '../../core/settings/holding.js';
import { currentTracker } from '../../core/view/trackers.js';
import { coreDocument } from '../queries/core.js';
import type { GraphqlError, Transport } from '../transport.js';
import { type Asked, type Connection, ask } from './answer.js';
import { type RawRepository, baseOf, repositoryOf } from './base.js';
import { branchName } from './config.js';
import { type RawConfigs, type RawFile, configOf, configVariables } from './config-file.js';
import type { Memory } from './memory.js';
import { type Parameters, baseBranch, settingsVariables } from './parameters.js';
import type { Place } from './place.js';
import type { RawPull } from './pull.js';
import { type RawTrackers, readTrackers } from './trackers.js';
import { type CoreLists, type RawLists, inSmallerPages, readLists } from './lists.js';
import { type RawNode, type RememberedNodes, sortNodes } from './nodes.js';

export interface CoreInput {
  readonly transport: Transport;
  readonly place: Place;
  readonly appId: number;
  readonly memory: Memory;
  readonly parameters: Parameters;
  /** Node ids to read along: at most a hundred. */
  readonly ids: readonly string[];
}

/** What every snapshot holds, without details. */
export interface Core extends CoreLists {
  /** Database id of the app's bot account. */
  readonly me: number;
  readonly repository: Repository;
  readonly config: Readable<SettingsFile | null>;
  readonly base: Readable<Base>;
  readonly trackers: Readable<readonly Tracker[]>;
  /** The deployment's tracking issue; null while there is none. */
  readonly tracker: Tracker | null;
  /** Changes whenever a pull request was closed; null if all closed ones are in `done`. */
  readonly doneKey: string | null;
  readonly references: readonly string[];
  readonly nodes: RememberedNodes;
}

interface RawCore extends Pick<RawConfigs, 'defaults'> {
  readonly rateLimit: { readonly limit: number; readonly remaining: number } | null;
  readonly viewer: { readonly databaseId: number | null };
  readonly repository:
    | (RawRepository &
        RawTrackers &
        RawLists & {
          readonly config: RawFile | null;
        } & Readonly<Record<`file${number}`, { readonly oid: string } | null>>)
    | null;
  readonly nodes: readonly (RawNode | null)[] | null;
}

/** Reads the core, in smaller pages if it is too much for GitHub. Throws an AppError if there is no repository in it. */
export async function readCore(input: CoreInput): Promise<Core> {
  const { transport, place, parameters, ids } = input;
  const { data, faults } = await inSmallerPages(input.memory, (size) => askCore(input, size));
  const me = data.viewer.databaseId;
  faults.take(['rateLimit']);
  input.memory.lowRateLimit = isLow(data.rateLimit);
  const config = configOf(data, faults, place);
  const raw = data.repository;
  if (raw === null) {
    const [first] = faults.rest();
    throw new AppError(
      kindOf(first),
      first?.message ?? `GitHub shows no repository ${place.owner}/${place.name}`,
    );
  }
  if (me === null) throw new AppError('terminal', 'GitHub does not say who the app is');

  const nodes = sortNodes(ids, data.nodes ?? [], faults, me, raw.nameWithOwner);
  const trackers = await readTrackers(input, raw, nodes.trackers, faults, me);
  const tracker = currentTracker(valueOr(trackers, []), baseBranch(parameters));
  const lists = await readLists(input, raw, faults, me, tracker);
  const base = await baseOf(transport, place, raw, baseBranch(parameters), faults);
  const core: Core = {
    me,
    repository: repositoryOf(raw, branchName(raw.defaultBranchRef)),
    config,
    base,
    trackers,
    tracker,
    ...lists,
    doneKey: raw.done.pageInfo?.hasNextPage === true ? doneKey(raw.done) : null,
    references: parameters.settings.references.filter((_, index) => {
      faults.take(['repository', `file${index}`]);
      return (raw[`file${index}`] ?? null) !== null;
    }),
    nodes,
  };
  const left = faults.rest()[0];
  if (left !== undefined) {
    throw new AppError(kindOf(left), left.message);
  }
  return core;
}

/** Less than a fifth is left; what GitHub does not tell is enough. */
function isLow(rateLimit: RawCore['rateLimit']): boolean {
  return rateLimit !== null && rateLimit.remaining < rateLimit.limit / 5;
}

/** What GitHub does not show to the app will not be shown to it later; anything else may. */
function kindOf(error: GraphqlError | undefined): AppError['kind'] {
  return error?.type === 'FORBIDDEN' || error?.type === 'NOT_FOUND' ? 'terminal' : 'transient';
}

function askCore(input: CoreInput, size: number): Promise<Asked<RawCore>> {
  const { transport, place, appId, parameters, ids } = input;
  return ask<RawCore>(transport, coreDocument(parameters.settings.references.length), {
    ...place,
    ...settingsVariables(parameters),
    app: appId,
    ...configVariables(place),
    size,
    few: Math.ceil(size / 2),
    ids,
  });
}

function doneKey({ totalCount, nodes }: Connection<RawPull>): string {
  return `${totalCount} ${nodes?.[0]?.updatedAt}`;
}
