import type { World } from '../../world.js';
import type { Context } from '../context.js';
import type { Id } from '../../state/model.js';
import { deadlineOf, nextStep, waitsUntil } from './next.js';
import { performStep } from './perform.js';
import { entriesOf } from './read.js';

/**
 * Keeps the merge queues of a world going: after each effect, and when the time of a group's checks is over, it does what
 * there is to do, as a write like any other.
 * @returns ends it
 */
export function runMergeQueues(world: World): () => void {
  let due = false;
  let ended = false;
  let cancel = () => undefined as void;

  function wake(): void {
    if (due || ended || Object.keys(world.store.state.queueEntries).length === 0) return;
    due = true;
    void world.activity.track('a merge queue', () => world.exclusive(turn));
  }

  async function turn(): Promise<void> {
    for (const id of Object.keys(world.store.state.mergeQueues))
      await advance(world, Number(id), () => ended);
    due = false;
    setTimer();
  }

  function setTimer(): void {
    cancel();
    if (ended) return;
    const deadlines = deadlinesOf(world).filter((at) => at > world.clock.now());
    if (deadlines.length > 0) cancel = world.clock.at(Math.min(...deadlines), wake);
  }

  world.onEffect(wake);
  return () => {
    ended = true;
    cancel();
  };
}

async function advance(world: World, queueId: Id, ended: () => boolean): Promise<void> {
  for (;;) {
    const view = world.view();
    const queue = view.state.mergeQueues[queueId];
    const step = queue && !ended() ? nextStep(view, queue) : undefined;
    if (queue === undefined || step === undefined) return;
    await performStep(contextOf(world, queue.botId), queue, step);
  }
}

function deadlinesOf(world: World): readonly number[] {
  const view = world.view();
  return Object.values(view.state.mergeQueues).flatMap((queue) => [
    ...entriesOf(view, queue).flatMap(({ group }) => (group ? [deadlineOf(queue, group.builtAt)] : [])),
    waitsUntil(view, queue),
  ]);
}

function contextOf(world: World, accountId: Id): Context {
  return {
    world,
    principal: { kind: 'user', accountId },
    view: world.view(),
    effects: [],
    afterEffect: () => undefined,
  };
}
