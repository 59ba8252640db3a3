import type { Loose, Sandbox } from './sandbox.js';

/** Everything that people see of a repository, without what differs between two runs of the same story. */
export interface NormalForm {
  /** Each branch: the files of its head with their blobs, those of tasks with their text, and what its commits say. */
  readonly branches: Readonly<Record<string, readonly string[]>>;
  readonly labels: readonly string[];
  readonly issues: readonly Loose[];
  readonly pulls: readonly Loose[];
  readonly pins: readonly string[];
}

/** Reads the normal form: numbers of what the bot opened are replaced by what it is, SHAs, digests and times by words. */
export async function normalForm(sandbox: Sandbox): Promise<NormalForm> {
  const { repo } = sandbox;
  const pulls = await sandbox.pulls();
  const trackers = await sandbox.trackers();
  const names = new Map<number, string>([
    ...pulls.map((pull): [number, string] => [pull.number, `pull of ${pull.head.ref}`]),
    ...trackers.map((tracker, index): [number, string] => [tracker.number, `tracking issue ${index + 1}`]),
  ]);
  const normal = (text: string | null): string => normalText(text ?? '', names);

  async function comments(number: number): Promise<string[]> {
    const list: Loose[] = await repo('admin', 'GET', `/issues/${number}/comments?per_page=100`);
    return list.map(({ user, body }) => `${user.login}: ${normal(body)}`).sort();
  }

  async function issue(raw: Loose): Promise<Loose> {
    return {
      name: names.get(raw.number) ?? `#${raw.number}`,
      title: normal(raw.title),
      body: normal(raw.body),
      state: `${raw.state} ${raw.state_reason ?? ''}`,
      labels: raw.labels.map((label: Loose) => label.name).sort(),
      assignees: raw.assignees.map((user: Loose) => user.login).sort(),
      blockedBy: (await sandbox.blockedBy(raw.number)).sort((a, b) => a - b),
      comments: await comments(raw.number),
    };
  }

  async function pull(raw: Loose): Promise<Loose> {
    const { check_runs: runs } = await repo(
      'admin',
      'GET',
      `/commits/${raw.head.sha}/check-runs?filter=latest`,
    );
    return {
      name: names.get(raw.number),
      title: normal(raw.title),
      body: normal(raw.body),
      from: `${raw.head.ref} into ${raw.base.ref}`,
      state: `${raw.state}${raw.draft ? ', draft' : ''}${raw.merged_at === null ? '' : ', merged'}`,
      assignees: raw.assignees.map((user: Loose) => user.login).sort(),
      checks: runs
        .map(({ name, status, conclusion, output }: Loose) =>
          [name, status, conclusion, normal(output.title), normal(output.summary)].join(' | '),
        )
        .sort(),
      comments: await comments(raw.number),
    };
  }

  const all: Loose[] = await repo('admin', 'GET', '/issues?state=all&per_page=100');
  const byName = (a: Loose, b: Loose) => (a.name < b.name ? -1 : 1);
  return {
    branches: await branchesOf(sandbox, normal),
    labels: (await repo('admin', 'GET', '/labels?per_page=100'))
      .map(({ name, color, description }: Loose) => `${name} ${color} ${description}`)
      .sort(),
    issues: (await Promise.all(all.filter((raw) => raw.pull_request === undefined).map(issue))).sort(byName),
    pulls: (await Promise.all(pulls.map(pull))).sort(byName),
    pins: await pinsOf(sandbox, names),
  };
}

async function branchesOf(
  sandbox: Sandbox,
  normal: (text: string) => string,
): Promise<Record<string, string[]>> {
  const mirror = await sandbox.clone('admin', 'main');
  const inMirror = (...args: string[]) => sandbox.git(mirror, ...args);
  const branches: Record<string, string[]> = {};
  for (const name of await sandbox.branches()) {
    const ref = `origin/${name}`;
    const files = (await inMirror('ls-tree', '-r', '--format=%(path) %(objectname)', ref)).split('\n');
    const lines = files.map(async (line) => {
      const path = line.split(' ')[0] ?? '';
      return path.startsWith('.agents/')
        ? `${path} ${normal(await inMirror('show', `${ref}:${path}`))}`
        : line;
    });
    branches[name] = [...(await Promise.all(lines)), normal(await inMirror('log', '--format=%an: %B', ref))];
  }
  return branches;
}

async function pinsOf(sandbox: Sandbox, names: ReadonlyMap<number, string>): Promise<string[]> {
  const [owner, name] = sandbox.info.repository.split('/');
  const query =
    'query Pins($owner: String!, $name: String!) { repository(owner: $owner, name: $name) { pinnedIssues(first: 10) { nodes { issue { number } } } } }';
  const { data } = await sandbox.graphql('admin', query, { owner, name });
  return data.repository.pinnedIssues.nodes.map(
    ({ issue }: Loose) => names.get(issue.number) ?? `#${issue.number}`,
  );
}

/** Numbers of pull requests and tracking issues, SHAs and digests, node ids and times differ from run to run. */
function normalText(text: string, names: ReadonlyMap<number, string>): string {
  return text
    .replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z| UTC)?/g, '<time>')
    .replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g, '<sha>')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, '<address>')
    .replace(
      /(#\u200b?|\/issues\/|\/pull\/|^ *pull-request: )(\d+)\b/gm,
      (whole, before: string, digits: string) =>
        names.has(Number(digits)) ? `${before}<${names.get(Number(digits))}>` : whole,
    );
}
