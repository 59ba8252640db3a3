import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { type Digest, difference, digestOf } from '../support/digest.js';
import { GROUPS } from '../support/verb-case.js';
import { VERB_CASES } from '../support/verb-cases.js';
import {
  REGISTRY,
  ROLES,
  type Said,
  type Someone,
  TABLE,
  commit,
  startVerbWorld,
} from '../support/verb-world.js';

const STRENGTH = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];
const EVERYBODY = Object.keys(ROLES) as Someone[];
/** The weakest that may. */
const WEAKEST = { triage: 'triager', write: 'writer', maintain: 'maintainer' } as const;

let world: Awaited<ReturnType<typeof startVerbWorld>>;
let before: Digest;

beforeAll(async () => {
  world = await startVerbWorld();
  before = await digestOf(world.sandbox);
}, 120_000);
afterAll(() => world?.sandbox.stop());

function mayRun(who: Someone, verb: Said['verb']): boolean {
  return STRENGTH.indexOf(ROLES[who].role) >= STRENGTH.indexOf(VERB_CASES[verb].role);
}

/** Says the commands, and gives what is different on GitHub since the last time. */
async function differenceOf(said: readonly Said[]): Promise<string[]> {
  await world.say(said);
  const after = await digestOf(world.sandbox);
  const found = difference(before, after);
  before = after;
  return found;
}

function isServed({ verb, place }: Said): boolean {
  const { does, places } = VERB_CASES[verb];
  return does !== 'is not served' && places.includes(place);
}

/** What somebody from triage up is told who may not, or not there. */
function refusalOf({ verb, place, who }: Said, tracker: number): string {
  const { does, places, role } = VERB_CASES[verb];
  if (does === 'is not served') return `\`${verb}\` is not available yet in this version. Nothing was run.`;
  if (places.includes(place)) return `\`${verb}\` needs the *${role}* role; you have *${ROLES[who].role}*.`;
  const tracking = `the tracking issue, which is #${tracker}`;
  if (!places.includes('issue')) return `\`${verb}\` works on ${tracking}.`;
  return places.includes('tracking issue')
    ? `\`${verb}\` works on an issue of the deployment, its pull request or ${tracking}.`
    : `\`${verb}\` works on an issue of the deployment or its pull request.`;
}

test('the table says of each verb what the registry says: its role, its places, and whether it is served', () => {
  expect(TABLE).toEqual(REGISTRY);
});

describe('what somebody may not, or not there, changes nothing on GitHub but', () => {
  test.each(EVERYBODY.filter((who) => !mayRun(who, 'help')))('of %s: one 😕 at most', async (who) => {
    const said = world.allBy(who);
    await world.sandbox.forgetRequests();
    const found = await differenceOf(said);
    const reaction = who === 'stray' ? '' : ' [1 confused]';
    expect(found).toEqual(
      said.map(({ name, text }) => `+ ${name}: ${ROLES[who].login}: ${text}${reaction}`).sort(),
    );
    const writes = (await world.sandbox.asked()).filter(({ kind }) => kind === 'write');
    expect(writes.map(({ operation }) => operation)).toEqual(
      who === 'stray' ? [] : said.map(() => 'reactions/create-for-issue-comment'),
    );
  });

  test.each(EVERYBODY.filter((who) => mayRun(who, 'help')))('of %s: one 😕 and one reply', async (who) => {
    const said = world.allBy(who).filter((each) => !isServed(each) || !mayRun(who, each.verb));
    const tracker = (await world.sandbox.tracker()).number;
    const found = await differenceOf(said);
    const { login } = ROLES[who];
    const expected = said.flatMap((each) => [
      `+ ${each.name}: ${login}: ${each.text} [1 confused]`,
      `+ ${each.name}: yardmaster[bot] to ${login}'s ${each.text}: @${login}: ${refusalOf(each, tracker)}`,
    ]);
    expect(found).toEqual(expected.sort());
  });

  test('nothing more, later', async () => {
    await world.sandbox.restartBot();
    await world.sandbox.advance('PT31M');
    expect(difference(before, await digestOf(world.sandbox))).toEqual([]);
  });
});

/** The 👍 of each command, and what is answered: that begins with the login. */
function heardOf(said: readonly Said[], found: readonly string[]) {
  const left = new Set(found);
  const missing: string[] = [];
  for (const { name, who, text, verb } of said) {
    const { login } = ROLES[who];
    const done = `+ ${name}: ${login}: ${text} [1 +1]`;
    if (!left.delete(done)) missing.push(done);
    const { does } = VERB_CASES[verb];
    if (does !== 'answers' && does !== 'posts a sync') continue;
    const answer =
      does === 'answers'
        ? `+ ${name}: yardmaster[bot] to ${login}'s ${text}: @${login}: `
        : `+ ${name}: yardmaster[bot]: **Sync.** `;
    const answered = [...left].filter((line) => line.startsWith(answer));
    if (answered.length !== 1) missing.push(answer);
    for (const line of answered) left.delete(line);
  }
  return { missing, left: [...left] };
}

/** Holds what is different to what the table says. */
function expectDone(
  said: readonly Said[],
  found: readonly string[],
  does: (each: Said) => readonly string[],
): void {
  const { missing, left } = heardOf(said, found);
  expect({ missing, left }).toEqual({ missing: [], left: [...new Set(said.flatMap(does))].sort() });
}

/** Gives `redeploy` a text that is not recorded, and `update` a base that the branches lack. */
async function somethingToDo(what: string): Promise<void> {
  for (const issue of GROUPS.edited) await world.sandbox.edit('writer', issue, { body: `Text for ${what}.` });
  await commit(world.sandbox, 'main', `base-for-${what}.py`);
  await world.sandbox.advance('PT2M');
  before = await digestOf(world.sandbox);
}

describe('what somebody may is done, with a 👍 and exactly its difference', () => {
  test.each([1, 2, 3, 4] as const)('by the weakest who may: round %i', async (round) => {
    if (round === 1) await somethingToDo('a beginning');
    const said = Object.values(WEAKEST).flatMap((who) =>
      world.allBy(who).filter((each) => {
        const { role, round: own } = VERB_CASES[each.verb];
        return own === round && WEAKEST[role] === who && isServed(each);
      }),
    );
    expectDone(said, await differenceOf(said), (each) => {
      const { does } = VERB_CASES[each.verb];
      return typeof does === 'function' ? does(each) : [];
    });
  });

  test.each(['writer', 'helper', 'maintainer', 'admin'] as const)(
    'by the %s, who says all of it again and takes back what can be: nothing is left',
    async (who) => {
      await somethingToDo(who);
      const start = before;
      const isLeft = (each: Said) =>
        isServed(each) && mayRun(who, each.verb) && !(who === 'writer' && each.verb === 'cancel');
      const said = world.allBy(who).filter(isLeft);
      const isFirst = ({ verb }: Said) => VERB_CASES[verb].round % 2 === 1;
      await world.say(said.filter(isFirst));
      await world.say(said.filter((each) => !isFirst(each)));
      before = await digestOf(world.sandbox);
      expectDone(said, difference(start, before), (each) => VERB_CASES[each.verb].again?.(each) ?? []);
    },
  );
});
