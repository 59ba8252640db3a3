import {
  type Issue,
  type Pull,
  type Readable,
  type Snapshot,
  type Time,
  valueOr,
} from '../../core/model/index.js';
import type { Known } from '../known.js';
import type { Transport } from '../transport.js';
import { CHANGED } from './answer.js';
import { completeBranches } from './branches.js';
import { openCandidates } from './comments.js';
import { firstParameters, settingsOf } from './config.js';
import { type Core, type CoreInput, readCore } from './core.js';
import { completeIssues, completePulls } from './details.js';
import { completeMembers } from './members.js';
import type { Candidate, Memory } from './memory.js';
import { type Parameters, settingsVariables } from './parameters.js';
import type { Place } from './place.js';

interface LookInput {
  readonly transport: Transport;
  readonly place: Place;
  readonly appId: number;
  readonly memory: Memory;
  readonly known: Known;
  readonly now: () => Time;
}

/** The core and the details of what is in it. */
interface Look extends InForce {
  readonly issues: Readable<readonly Issue[]>;
  readonly pulls: Readable<readonly Pull[]>;
  readonly branches: Snapshot['branches'];
  /** The comments that may hold commands, as they were known when the core was asked. */
  readonly before: ReadonlyMap<number, Candidate>;
  readonly time: Time;
}

/**
 * Looks at the repository; a second time where a part of the look shows that something happened in the middle of it: what
 * has just landed would else be judged by details that do not fit, and stay so. What contradicts itself again is
 * unreadable until the next snapshot.
 */
export async function readLook(input: LookInput): Promise<Look> {
  const look = await lookOnce(input);
  return isTorn(look) ? lookOnce(input) : look;
}

async function lookOnce({ transport, place, appId, memory, known, now }: LookInput): Promise<Look> {
  const before = new Map(memory.comments.candidates);
  const inForce = await readInForce(transport, place, appId, memory);
  const { input, core } = inForce;
  known.repositoryId = core.repository.id;
  const time = now();
  for (const number of known.dependencies) memory.rewritten.set(number, time);
  known.dependencies.clear();
  const members = await completeMembers(input, core, time);
  const issues = await each(members.issues, (all) => completeIssues(input, core, all, time));
  const pulls = await each(members.pulls, (all) => completePulls(input, core, all, time));
  const branches = await completeBranches(input, core);
  return { ...inForce, issues, pulls, branches, before, time };
}

function isTorn({ pulls, branches }: Look): boolean {
  const parts: readonly (Readable<unknown> | null)[] = [
    ...valueOr(pulls, []).map(({ detail }) => detail),
    ...Object.values(valueOr(branches, {})).map(({ beyondBase }) => beyondBase),
  ];
  return parts.some((part) => part?.kind === 'unreadable' && part.why === CHANGED);
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
