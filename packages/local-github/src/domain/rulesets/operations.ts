import type { Access } from '../../access/access.js';
import type { Id, Repository, Ruleset } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Context, demand, effect, present, row } from '../context.js';
import { notFound, unprocessable } from '../errors.js';
import { roleNamed } from './match.js';
import { followRulesets } from './queues.js';

const WRITE: Access = { role: 'admin', app: [{ administration: 'write' }] };

/** What a ruleset is made of by those who write it. */
export type RulesetInput = Omit<Ruleset, 'id' | 'repositoryId' | 'createdAt' | 'updatedAt'>;

/** The rulesets of a repository, oldest first. */
export function listRulesets(view: View, repositoryId: Id): readonly Ruleset[] {
  return Object.values(view.state.rulesets).filter((ruleset) => ruleset.repositoryId === repositoryId);
}

/** One of them, or 404. */
export function findRuleset(view: View, repositoryId: Id, id: Id): Ruleset {
  const ruleset = view.state.rulesets[id];
  if (ruleset?.repositoryId !== repositoryId) throw notFound();
  return ruleset;
}

/** Makes a ruleset. 422 for a name that another one has, and for patterns and actors that are none. */
export function createRuleset(context: Context, repository: Repository, input: RulesetInput): Ruleset {
  demand(context, repository, WRITE);
  checkInput(present(context), repository.id, input, null);
  const id = effect(context, (write) => {
    const rulesetId = write.newId();
    const { now } = write;
    write.state.rulesets[rulesetId] = structuredClone({
      id: rulesetId,
      repositoryId: repository.id,
      ...input,
      createdAt: now,
      updatedAt: now,
    }) as never;
    followRulesets(write, repository.id);
    return rulesetId;
  });
  return row(present(context).state.rulesets, id);
}

/** Replaces what is given of a ruleset. */
export function updateRuleset(
  context: Context,
  repository: Repository,
  id: Id,
  changes: Partial<RulesetInput>,
): Ruleset {
  demand(context, repository, WRITE);
  const input = { ...findRuleset(present(context), repository.id, id), ...changes };
  checkInput(present(context), repository.id, input, id);
  effect(context, (write) => {
    write.state.rulesets[id] = structuredClone({ ...input, updatedAt: write.now }) as never;
    followRulesets(write, repository.id);
  });
  return row(present(context).state.rulesets, id);
}

/** Takes a ruleset away. */
export function deleteRuleset(context: Context, repository: Repository, id: Id): void {
  demand(context, repository, WRITE);
  findRuleset(present(context), repository.id, id);
  effect(context, (write) => {
    delete write.state.rulesets[id];
    followRulesets(write, repository.id);
  });
}

function checkInput(view: View, repositoryId: Id, input: RulesetInput, self: Id | null): void {
  const taken = listRulesets(view, repositoryId).some(({ id, name }) => name === input.name && id !== self);
  const errors = [...(taken ? ['Name must be unique'] : []), ...rulesetProblems(view, input)];
  if (errors.length > 0) throw unprocessable('Validation Failed', errors);
}

/** Seen by SceneWorks/SceneWorks#2236. */
const NO_WILDCARDS =
  "Invalid rule 'merge_queue': Wildcard ref names are not supported when merge queue is enabled";

function isPattern(name: string): boolean {
  return name === '~ALL' || /[*?[]/.test(name);
}

/** What is wrong with the patterns and the actors of a ruleset, in a sentence each. */
export function rulesetProblems(
  { state }: Pick<View, 'state'>,
  { include, exclude, bypass, rules }: Pick<Ruleset, 'include' | 'exclude' | 'bypass' | 'rules'>,
): readonly string[] {
  const wrong = [...include, ...exclude].filter(
    (pattern) => !/^(~ALL$|~DEFAULT_BRANCH$|refs\/heads\/.)/.test(pattern),
  );
  const known = ({ type, id }: Ruleset['bypass'][number]) =>
    type === 'Integration' ? state.apps[id] !== undefined : roleNamed(id) !== undefined;
  const queue = rules.some(({ type }) => type === 'merge_queue');
  return [
    ...(queue && include.some(isPattern) ? [NO_WILDCARDS] : []),
    ...wrong.map((pattern) => `Invalid target pattern: '${pattern}'`),
    ...bypass.filter((one) => !known(one)).map(({ type, id }) => `Actor ${type} ${id} is not known here`),
  ];
}
