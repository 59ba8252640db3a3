import { type Place, VERBS, type Verb } from '../../src/core/commands/registry.js';
import { type Sandbox, type Who, startSandbox } from './sandbox.js';
import { type At, BLOCKER, GROUPS } from './verb-case.js';
import { VERB_CASES } from './verb-cases.js';
import { smallSeed } from './seeds.js';

const PLACES = ['issue', 'pull request', 'tracking issue', 'elsewhere'] as const;

/** What the registry says of each verb, and the table. */
export const REGISTRY = VERBS.map(({ verb, role, places, available }) =>
  rowOf(verb, role, places, available),
);
export const TABLE = VERBS.map(({ verb }) => {
  const { role, places, does } = VERB_CASES[verb];
  return rowOf(verb, role, places, does !== 'is not served');
});

function rowOf(verb: Verb, role: string, places: readonly Place[], available: boolean) {
  return { verb, role, places: [...places].sort(), available };
}

/** Whoever may command, weakest first. `helper` is a bot that the settings list, `stray` one that they do not. */
export const ROLES = {
  outsider: { login: 'olaf', role: 'none' },
  reader: { login: 'rosa', role: 'read' },
  stray: { login: 'stray[bot]', role: 'none' },
  triager: { login: 'tove', role: 'triage' },
  writer: { login: 'linus', role: 'write' },
  helper: { login: 'helper[bot]', role: 'write' },
  maintainer: { login: 'grace', role: 'maintain' },
  admin: { login: 'ada', role: 'admin' },
} as const satisfies Partial<Record<Who, { login: string; role: string }>>;

export type Someone = keyof typeof ROLES;

/** Each role of those that may write cancels issues of its own. */
const CANCELS = { writer: [25, 26, 27], helper: [28, 29, 30], maintainer: [31, 32, 33], admin: [34, 35, 36] };

/** The bot writes at most 100 times in a run, and twice for what it refuses with a reply. */
const MOST = 48;

/** A command as somebody writes it. */
export interface Said extends At {
  readonly who: Someone;
  readonly verb: Verb;
  /** Where it stands. */
  readonly on: number;
  /** What the digest calls that. */
  readonly name: string;
  readonly text: string;
}

/** A deployment with an issue for every command at every place, and pull requests that people made. */
export async function startVerbWorld() {
  const issues = Array.from({ length: BLOCKER }, (_, index) => {
    const number = index + 1;
    return { number, ...(GROUPS.blocked.some((each) => each === number) && { blocked_by: [BLOCKER] }) };
  });
  const sandbox = await startSandbox({
    seed: smallSeed({ issues, bots: ['helper', 'stray'], config: { allow: { bots: ['helper[bot]'] } } }),
  });
  const deployed = issues
    .map(({ number }) => number)
    .filter((number) => number <= 36 && number !== 16 && number !== 18);
  await sandbox.deploy(...deployed);
  await sandbox.unlabel('admin', 17, 'deploy-subagent');
  for (const issue of GROUPS.ready) await commit(sandbox, `feature/issue-${issue}`, `work-${issue}.py`);
  const own = new Map<string, number>();
  for (const name of [...GROUPS.adopting.map((issue) => `own-${issue}`), 'elsewhere']) {
    own.set(name, await ownPull(sandbox, name));
  }
  await sandbox.advance('PT2M');
  const tracker = (await sandbox.tracker()).number;
  const pulls = new Map<number, number>();
  for (const pull of await sandbox.pulls()) {
    const issue = Number(/^feature\/issue-(\d+)$/.exec(pull.head.ref)?.[1]);
    if (!Number.isNaN(issue)) pulls.set(issue, pull.number);
  }

  /** The command as that role writes it at that place. */
  function saidBy(who: Someone, verb: Verb, place: Place): Said {
    const { group, args } = VERB_CASES[verb];
    const index = place === 'elsewhere' ? 0 : PLACES.indexOf(place);
    const numbers =
      verb === 'cancel' && who in CANCELS ? CANCELS[who as keyof typeof CANCELS] : GROUPS[group];
    const issue = numbers[index] ?? 0;
    const targets = VERBS.find((row) => row.verb === verb)?.targets;
    const named = place === 'tracking issue' && targets !== 'none' ? ` #${issue}` : '';
    const at = { issue, place, own: own.get(`own-${issue}`) ?? 0 };
    const given = args?.(at) ?? '';
    const [before = '', reason] = given.split(' -- ');
    const text = `/subagent ${verb}${before}${named}${reason === undefined ? '' : ` -- ${reason}`}`;
    const where = {
      issue: { on: issue, name: `#${issue}` },
      'pull request': { on: pulls.get(issue) ?? 0, name: `pull of ${issue}` },
      'tracking issue': { on: tracker, name: 'tracking issue' },
      elsewhere: { on: own.get('elsewhere') ?? 0, name: 'pull of elsewhere' },
    }[place];
    return { who, verb, text, ...at, ...where };
  }

  /** The commands of a role at every place, of all verbs in the order of the registry. */
  function allBy(who: Someone): readonly Said[] {
    // A page that is none of the deployment is tried by the weakest and by the strongest.
    const places = PLACES.filter((place) => place !== 'elsewhere' || who === 'outsider' || who === 'admin');
    return VERBS.flatMap(({ verb }) => places.map((place) => saidBy(who, verb, place)));
  }

  /** Posts commands, few enough for one run of the bot each time, and lets it deal with them. */
  async function say(commands: readonly Said[]): Promise<void> {
    for (let index = 0; index < commands.length; index += MOST) {
      for (const { who, on, text } of commands.slice(index, index + MOST))
        await sandbox.comment(who, on, text);
      await sandbox.settle();
    }
    await sandbox.advance('PT20S');
  }

  return { sandbox, allBy, say };
}

/** Commits a file on a branch, as somebody with write does in the browser. */
export async function commit(sandbox: Sandbox, branch: string, path: string): Promise<void> {
  const content = Buffer.from(`name = '${path}'\n`).toString('base64');
  await sandbox.repo('writer', 'PUT', `/contents/${path}`, { message: `Write ${path}`, content, branch });
}

async function ownPull(sandbox: Sandbox, branch: string): Promise<number> {
  const { object } = await sandbox.repo('writer', 'GET', '/git/ref/heads/main');
  await sandbox.repo('writer', 'POST', '/git/refs', { ref: `refs/heads/${branch}`, sha: object.sha });
  await commit(sandbox, branch, `${branch}.py`);
  return (await sandbox.repo('writer', 'POST', '/pulls', { title: branch, head: branch, base: 'main' }))
    .number;
}
