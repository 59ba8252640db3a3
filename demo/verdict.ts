import { ISSUES, type Stage, type Witnessed, pullOf } from './story.js';

export interface Landed {
  readonly issue: number;
  readonly pullRequest: number;
  /** The commit that was tested, and that main now holds. */
  readonly commit: string;
  readonly mergedAt: string | null;
}

export interface Outcome {
  /** In the order in which they stand on main. */
  readonly landed: readonly Landed[];
  readonly checks: readonly Check[];
}

export interface Check {
  readonly claim: string;
  readonly holds: boolean;
  readonly found: string;
}

/** What must be true in the end, asked of GitHub anew. */
export async function judge(stage: Stage, { tracker, refusal, update }: Witnessed): Promise<Outcome> {
  const { repo, people } = stage;
  const { rest } = people.writer;
  const { data: commits } = await rest.repos.listCommits({ ...repo, sha: 'main', per_page: 100 });
  const history = commits.map(({ sha }) => sha).reverse();
  const pulls = await Promise.all(
    ISSUES.map(async (issue) => {
      const { number, head, merged_at: mergedAt } = await pullOf(stage, issue);
      return { issue, pullRequest: number, commit: head.sha, mergedAt };
    }),
  );
  const place = ({ commit }: Landed) => history.indexOf(commit);
  const landed = pulls.filter(({ mergedAt }) => mergedAt !== null).sort((a, b) => place(a) - place(b));
  const order = landed.map(({ issue }) => issue);
  const untested = (await Promise.all(pulls.map((pull) => problemsOf(stage, pull, history)))).flat();
  const { data: refs } = await rest.git.listMatchingRefs({ ...repo, ref: 'heads/' });
  const branches = refs.map(({ ref }) => ref.replace('refs/heads/', ''));
  const { data: issue } = await rest.issues.get({ ...repo, issue_number: tracker });
  return {
    landed,
    checks: [
      {
        claim: 'GitHub refused the merge out of turn',
        holds: refusal.status === 405,
        found: `${refusal.status} ${refusal.message}`,
      },
      {
        claim: 'the gate asked for an update after shared code had landed',
        holds: update.startsWith('Needs an update'),
        found: update,
      },
      {
        claim: 'all four landed, #6 before #5',
        holds: order.length === ISSUES.length && order.indexOf(6) < order.indexOf(5),
        found: order.map((number) => `#${number}`).join(', ') || 'nothing landed',
      },
      {
        claim: 'main holds the very commits that CI tested, and nothing after them',
        holds: untested.length === 0 && history.at(-1) === landed.at(-1)?.commit,
        found: untested.join('; ') || `main is at ${history.at(-1)?.slice(0, 7)}`,
      },
      {
        claim: 'the branches are gone',
        holds: branches.join() === 'main',
        found: `what is left is ${branches.join(', ')}`,
      },
      {
        claim: 'the tracking issue is closed and complete',
        holds: issue.state === 'closed' && /\bcomplete\b/.test(issue.title),
        found: `#${tracker} is ${issue.state}: ${issue.title}`,
      },
    ],
  };
}

/** Why a pull request's head is not a commit that was tested before it landed; nothing if it is. */
async function problemsOf(
  { people, repo }: Stage,
  pull: Landed,
  history: readonly string[],
): Promise<string[]> {
  const name = `#${pull.pullRequest} (${pull.commit.slice(0, 7)})`;
  if (pull.mergedAt === null) return [`${name} is not merged`];
  if (!history.includes(pull.commit)) return [`${name} is not on main`];
  const { data } = await people.writer.rest.checks.listForRef({
    ...repo,
    ref: pull.commit,
    check_name: 'ci',
  });
  const [run] = data.check_runs;
  if (run?.conclusion !== 'success') return [`ci has not passed on ${name}`];
  return (run.completed_at ?? '') > pull.mergedAt ? [`${name} landed before ci had passed`] : [];
}
