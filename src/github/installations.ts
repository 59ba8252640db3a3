import type { Clock, GitHub, RepositoryKey, SnapshotReader, Writer } from '../app/ports.js';
import type { Digest } from '../core/names/labels.js';
import { type Spacing, createLanes } from './lanes.js';
import { type OctokitLike, createOctokitTransport } from './octokit-transport.js';
import { createPacedTransport } from './paced-transport.js';
import { type Known, nothingKnown } from './known.js';
import { createSnapshotReader } from './read/reader.js';
import type { Transport } from './transport.js';
import { createWriter } from './write/writer.js';

export interface GitHubParts {
  /** An Octokit that acts as one installation, or without a number as the app itself. Probot's `auth` is one. */
  readonly auth: (installation?: number) => Promise<OctokitLike>;
  readonly appId: number;
  readonly clock: Clock;
  readonly spacing: Spacing;
  readonly digest: Digest;
}

export interface Installations extends GitHub {
  /** Database id of the app's bot user, once a repository was read. */
  me(): number | undefined;
  /** The installation on one repository, `owner/name`. Throws an AppError if the app is not installed there. */
  keyOf(repository: string): Promise<RepositoryKey>;
}

interface Page {
  readonly id: number;
  readonly full_name: string;
}

const PAGE = 100;

/** GitHub as all installations of the app see it. Each installation has its own lanes. */
export function createInstallations({ auth, appId, clock, spacing, digest }: GitHubParts): Installations {
  const transports = new Map<number, Transport>();
  const readers = new Map<string, SnapshotReader>();
  const writers = new Map<string, Writer>();
  const knowledge = new Map<string, Known>();
  const knownOf = (name: string) => remembered(knowledge, name, nothingKnown);
  let me: number | undefined;

  function transportOf(installation: number): Transport {
    return remembered(transports, installation, () => {
      const lanes = createLanes(clock, spacing);
      return createPacedTransport(
        late(() => auth(installation), clock),
        lanes,
      );
    });
  }

  async function pages(transport: Transport, route: string, key: string | null): Promise<readonly Page[]> {
    const all: Page[] = [];
    for (let page = 1; ; page += 1) {
      const { data } = await transport.rest('GET', route, { per_page: PAGE, page });
      const items = (key === null ? data : (data as Record<string, unknown>)[key]) as readonly Page[];
      all.push(...items);
      if (items.length < PAGE) return all;
    }
  }

  return {
    me: () => me,
    reader: ({ installation, repository }) =>
      remembered(readers, `${installation} ${repository}`, () =>
        createSnapshotReader({
          transport: transportOf(installation),
          repository,
          appId,
          now: () => clock.now(),
          known: knownOf(`${installation} ${repository}`),
          onViewer: (id) => void (me = id),
        }),
      ),
    writer: ({ installation, repository }) =>
      remembered(writers, `${installation} ${repository}`, () =>
        createWriter({
          transport: transportOf(installation),
          repository,
          digest,
          known: knownOf(`${installation} ${repository}`),
        }),
      ),
    async repositories() {
      const app = late(() => auth(), clock);
      const keys: RepositoryKey[] = [];
      for (const { id } of await pages(app, '/app/installations', null)) {
        const found = await pages(transportOf(id), '/installation/repositories', 'repositories');
        keys.push(...found.map(({ full_name }) => ({ installation: id, repository: full_name })));
      }
      return keys;
    },
    async keyOf(repository) {
      const [owner = '', repo = ''] = repository.split('/');
      const app = late(() => auth(), clock);
      const { data } = await app.rest('GET', '/repos/{owner}/{repo}/installation', { owner, repo });
      return { installation: (data as { id: number }).id, repository };
    },
  };
}

/** A transport whose Octokit is made for each request: Probot keeps tokens, and gives a new one when the old one ends. */
function late(octokit: () => Promise<OctokitLike>, clock: Clock): Transport {
  const now = () => clock.now();
  return {
    graphql: async (document, variables) =>
      createOctokitTransport(await octokit(), now).graphql(document, variables),
    rest: async (method, route, parameters, headers) =>
      createOctokitTransport(await octokit(), now).rest(method, route, parameters, headers),
  };
}

function remembered<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = make();
  map.set(key, value);
  return value;
}
