import type { Loose, Sandbox } from './sandbox.js';

/**
 * One thing that an administrator sees. `line` is what a test says about it; `detail` is all the rest, so that nothing
 * changes unseen.
 */
interface Entry {
  readonly line: string;
  readonly detail: string;
}

/** Everything that an administrator sees of a repository, one entry a thing. */
export type Digest = readonly Entry[];

/** Reads the digest. A pull request is called by its branch, since its number depends on who came first. */
export async function digestOf({ repo, graphql, info }: Sandbox): Promise<Digest> {
  const get = (path: string): Promise<Loose> => repo('admin', 'GET', path);

  async function pages(path: string): Promise<Loose[]> {
    const all: Loose[] = [];
    for (let page = 1; ; page += 1) {
      const part = await get(`${path}${path.includes('?') ? '&' : '?'}per_page=100&page=${page}`);
      all.push(...part);
      if (part.length < 100) return all;
    }
  }

  const pulls = (await pages('/pulls?state=all&sort=created&direction=asc')).filter(
    ({ head }) => head.repo !== null,
  );
  const issues = await pages('/issues?state=all');
  const named = namesOf(issues, pulls);
  const name = (number: number): string => named.get(number) ?? `#${number}`;

  const [owner, repository] = info.repository.split('/');
  const { data } = await graphql('admin', REST_OF_IT, { owner, name: repository });
  const { issues: graph, pullRequests, pinnedIssues, main } = data.repository;
  for (const { totalCount, nodes } of [graph, pullRequests])
    if (totalCount > nodes.length) throw new Error('there is more than the digest reads');
  const blockers = new Map<number, Loose[]>(
    graph.nodes.map(({ number, blockedBy }: Loose) => [number, blockedBy.nodes]),
  );

  function issueEntries(issue: Loose): Entry[] {
    const own = name(issue.number);
    return [
      plain(`${own}: ${issue.state}`, String(issue.state_reason), String(issue.locked)),
      plain(`${own}: text`, issue.title, issue.body ?? ''),
      ...issue.labels.map((label: Loose) => plain(`${own}: label ${label.name}`)),
      ...issue.assignees.map((user: Loose) => plain(`${own}: assigned to ${user.login}`)),
      ...(blockers.get(issue.number) ?? []).map(({ number }) => plain(`${own}: waits for ${name(number)}`)),
    ];
  }

  function checkEntries(on: string, { checkSuites }: Loose): Entry[] {
    return checkSuites.nodes.flatMap(({ app, checkRuns }: Loose) =>
      checkRuns.nodes.map(({ name, status, conclusion, title, summary, externalId }: Loose) =>
        plain(
          `${on}: ${name} ${(conclusion ?? status).toLowerCase()}, ${title}`,
          `${app.slug} ${externalId} ${summary}`,
        ),
      ),
    );
  }

  const branches = await pages('/branches');
  return [
    ...issues.flatMap(issueEntries),
    ...pulls.map((pull) => plain(`${name(pull.number)}: ${stateOf(pull)} into ${pull.base.ref}`)),
    ...pullRequests.nodes.flatMap(({ number, commits }: Loose) =>
      checkEntries(name(number), commits.nodes[0].commit),
    ),
    ...checkEntries('main', main.target),
    ...commentEntries(await pages('/issues/comments?sort=created&direction=asc'), name),
    ...branches.map(({ name, commit, protected: isProtected }) =>
      plain(`branch ${name}`, commit.sha, isProtected ? 'protected' : ''),
    ),
    ...(await pages('/labels')).map(({ name, color, description }) =>
      plain(`the label ${name}`, color, description ?? ''),
    ),
    ...pinnedIssues.nodes.map(({ issue }: Loose) => plain(`${name(issue.number)}: pinned`)),
  ];
}

/** What is new (`+`), gone (`-`), or changed where the line does not say it (`~`); sorted, each line once. */
export function difference(before: Digest, after: Digest): string[] {
  const gone = surplus(before, after);
  const came = surplus(after, before);
  const both = gone.filter(({ line }) => came.some((other) => other.line === line)).map(({ line }) => line);
  const only = (sign: string, entries: readonly Entry[]) =>
    entries.filter(({ line }) => !both.includes(line)).map(({ line }) => `${sign} ${line}`);
  return [...new Set(both.map((line) => `~ ${line}`)), ...only('-', gone), ...only('+', came)].sort();
}

const REST_OF_IT = /* GraphQL */ `
  query Digest($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) {
      issues(first: 100) {
        totalCount
        nodes {
          number
          blockedBy(first: 20) {
            nodes {
              number
            }
          }
        }
      }
      pullRequests(first: 100, states: OPEN) {
        totalCount
        nodes {
          number
          commits(last: 1) {
            nodes {
              commit {
                ...Checks
              }
            }
          }
        }
      }
      main: ref(qualifiedName: "refs/heads/main") {
        target {
          ...Checks
        }
      }
      pinnedIssues(first: 3) {
        nodes {
          issue {
            number
          }
        }
      }
    }
  }
  fragment Checks on Commit {
    checkSuites(first: 10) {
      nodes {
        app {
          slug
        }
        checkRuns(first: 20, filterBy: { checkType: LATEST }) {
          nodes {
            name
            status
            conclusion
            title
            summary
            externalId
          }
        }
      }
    }
  }
`;

const KEY = ({ line, detail }: Entry): string => `${line}\n${detail}`;

/** The entries of one digest that the other has not, or has less often. */
function surplus(digest: Digest, other: Digest): Entry[] {
  const left = new Map<string, number>();
  for (const entry of other) left.set(KEY(entry), (left.get(KEY(entry)) ?? 0) + 1);
  return digest.filter((entry) => {
    const count = left.get(KEY(entry)) ?? 0;
    left.set(KEY(entry), count - 1);
    return count <= 0;
  });
}

function plain(line: string, ...details: readonly string[]): Entry {
  return { line: withoutShas(line), detail: details.join('\n') };
}

function withoutShas(text: string): string {
  return text.replace(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b/g, '<sha>');
}

/** Pull requests by their branches, the second of a branch with its count; the tracking issue by what it is. */
function namesOf(issues: readonly Loose[], pulls: readonly Loose[]): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  const trackers = issues.filter(({ body }) => /<!-- yardmaster:deployment /.test(body ?? ''));
  for (const { number } of trackers) names.set(number, 'tracking issue');
  const counts = new Map<string, number>();
  for (const { number, head } of pulls) {
    const branch = head.ref.replace('feature/issue-', '');
    const count = (counts.get(branch) ?? 0) + 1;
    counts.set(branch, count);
    names.set(number, `pull of ${branch}${count === 1 ? '' : ` (${count})`}`);
  }
  return names;
}

function stateOf(pull: Loose): string {
  if (pull.merged_at !== null) return 'merged';
  return pull.state === 'open' && pull.draft ? 'draft' : `pull request ${pull.state}`;
}

/** Comments with the reactions to them; a reply names the comment whose marker it carries. */
function commentEntries(comments: readonly Loose[], name: (number: number) => string): Entry[] {
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  return comments.map(({ body, user, issue_url: on, reactions }) => {
    const replied = byId.get(Number(/reply-(\d+)/.exec(body.split('\n').at(-1))?.[1]));
    const to = replied === undefined ? '' : ` to ${replied.user.login}'s ${replied.body}`;
    const text = body.replace(/\s*<!-- yardmaster:[^>]*-->\s*$/, '');
    const kinds = Object.entries(reactions).filter(
      ([kind, count]) => kind !== 'url' && kind !== 'total_count' && count !== 0,
    );
    const reacted = kinds.map(([kind, count]) => ` [${String(count)} ${kind}]`).join('');
    return plain(`${name(Number(on.split('/').at(-1)))}: ${user.login}${to}: ${text}${reacted}`);
  });
}
