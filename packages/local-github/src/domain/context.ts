import { timestamp } from '../clock.js';
import { type Access, allows, requireAccess, sees } from '../access/access.js';
import { type Principal, actingAccount } from '../access/principal.js';
import type { Id, Issue, PullRequest, Repository } from '../state/model.js';
import type { Transaction } from '../state/store.js';
import type { View, World } from '../world.js';
import { badCredentials, gone, notFound } from './errors.js';
import type { DomainEvent, What } from './events.js';

/** Who asks, in which world, and what their request has done so far. Every domain operation takes one first. */
export interface Context {
  readonly world: World;
  readonly principal: Principal;
  /** What reads answer from: the newest state, or a past one when reads lag. */
  readonly view: View;
  /** Numbers of the effects of this request, in order. */
  readonly effects: number[];
  /** Called after each effect of this request; throws to cut the request off there. */
  readonly afterEffect: (effect: number) => void;
}

export interface Write extends Transaction {
  readonly now: string;
  /** The account that acts. */
  readonly actorId: Id;
  /** Tells the webhooks. `senderId` is the actor. */
  emit(repositoryId: Id, what: What): void;
}

/** The acting account; throws 401 for nobody. */
export function actor(context: Context): Id {
  const account = actingAccount(context.principal);
  if (account === undefined) throw badCredentials('Requires authentication');
  return account;
}

/**
 * The only way to change the state: one effect, numbered, with its events. What only tells somebody, as a click on a
 * button does, is an effect as well. The change must be synchronous: what needs
 * git or time is worked out before, while the write lock is held.
 */
export function effect<Result>(context: Context, change: (write: Write) => Result): Result {
  const { world } = context;
  const actorId = actor(context);
  const events: DomainEvent[] = [];
  const done = world.store.transact(
    (transaction) =>
      change({
        ...transaction,
        now: timestamp(world.clock.now()),
        actorId,
        emit: (repositoryId, what) => void events.push({ repositoryId, senderId: actorId, ...what }),
      }),
    () => events.length > 0,
  );
  if (done.effect === null) return done.result;
  context.effects.push(done.effect);
  const view = world.view();
  for (const listener of world.listeners) listener({ number: done.effect, events, view });
  context.afterEffect(done.effect);
  return done.result;
}

/** The newest state, for decisions of writes: a write never lags. */
export function present(context: Context): View {
  return context.world.view();
}

/** The repository by owner and name as the caller sees it; 404 otherwise. */
export function findRepository(context: Context, view: View, owner: string, name: string): Repository {
  const repository = Object.values(view.state.repositories).find(
    (row) =>
      row.name.toLowerCase() === name.toLowerCase() &&
      view.state.accounts[row.ownerId]?.login.toLowerCase() === owner.toLowerCase(),
  );
  if (repository === undefined || !sees(context.principal, repository)) throw notFound();
  return repository;
}

/** The row with this id, or 404: for what the caller named. */
export function row<Row>(table: Readonly<Record<Id, Row>>, id: Id): Row {
  const found = table[id];
  if (found === undefined) throw notFound();
  return found;
}

/** The issue or pull request with this number; 404 if there is none, 410 if it was deleted. */
export function issueByNumber(view: View, repository: Repository, number: number): Issue {
  const id = repository.numbers[number];
  if (id === undefined) throw notFound();
  const issue = view.state.issues[id];
  if (issue === undefined) throw view.state.moved[id] === undefined ? gone() : notFound();
  return issue;
}

/** The pull request with this number, or 404. */
export function pullByNumber(view: View, repository: Repository, number: number): PullRequest {
  const issue = issueByNumber(view, repository, number);
  if (issue.pullId === null) throw notFound();
  return row(view.state.pulls, issue.pullId);
}

/** Throws GitHub's refusal unless the caller may; see {@link requireAccess}. */
export function demand(context: Context, repository: Repository, access: Access): void {
  requireAccess(context.principal, repository, access);
}

/** True if the caller may; for what GitHub drops in silence. */
export function may(context: Context, repository: Repository, access: Access): boolean {
  return allows(context.principal, repository, access);
}
