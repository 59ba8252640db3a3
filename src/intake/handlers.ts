import type { Probot } from 'probot';
import type { Click, Clock, RepositoryKey } from '../app/ports.js';
import { type Clicked, type Delivered, causeOf, clickOf, keyOf } from './narrow.js';

interface Intake {
  /** Keeps the hint; rejects if it could not, so that GitHub lists the delivery as failed. */
  readonly enqueue: (key: RepositoryKey, cause: string, click?: Click) => Promise<void>;
  /** Database id of the app's bot user; undefined while it is not known, when nothing counts as the app's own. */
  readonly me: () => number | undefined;
  /** The app's id. */
  readonly app: number;
  readonly clock: Pick<Clock, 'now'>;
}

/** Events that say: something in this repository changed. All their actions count. */
const CHANGES = [
  'issues',
  'issue_comment',
  'issue_dependencies',
  'label',
  'pull_request',
  'pull_request_review',
  'push',
  'create',
  'delete',
] as const;

/** What can change the name, the default branch or the access of a repository. */
const REPOSITORY_CHANGES = [
  'repository.created',
  'repository.edited',
  'repository.renamed',
  'repository.transferred',
  'repository.unarchived',
  'repository.privatized',
  'repository.publicized',
] as const;

/** Clicks: on "Re-run", and on a button of one of the app's own check runs. */
const CLICKS = ['check_run.rerequested', 'check_run.requested_action', 'check_suite.rerequested'] as const;

/**
 * Registers what turns webhooks into hints. No handler acts on a payload: it says where to look, and no more; of a click,
 * who clicked on what.
 */
export function registerHandlers(probot: Probot, { enqueue, me, app, clock }: Intake): void {
  async function hint(delivered: Delivered): Promise<void> {
    const key = keyOf(delivered);
    if (key !== undefined) await enqueue(key, causeOf(delivered));
  }

  async function hintOfClick(delivered: Clicked): Promise<void> {
    const key = keyOf(delivered);
    if (key !== undefined) await enqueue(key, causeOf(delivered), clickOf(delivered, me(), clock.now()));
  }

  /** What the app did itself is known to the run that did it. */
  async function hintUnlessOwn(delivered: Delivered): Promise<void> {
    const own = me();
    if (own === undefined || delivered.payload.sender?.id !== own) await hint(delivered);
  }

  /** Checks on commits that the app pushed may carry the app's bot as sender: whose check it is tells the check. */
  async function hintUnlessOwnCheck(
    delivered: Delivered,
    checkedBy: number | null | undefined,
  ): Promise<void> {
    if (checkedBy !== app) await hint(delivered);
  }

  /** These webhooks are about many repositories. */
  async function hintEach(delivered: Delivered, repositories: readonly { readonly full_name: string }[]) {
    for (const repository of repositories) {
      await hint({ ...delivered, payload: { ...delivered.payload, repository } });
    }
  }

  probot.on([...CHANGES, ...REPOSITORY_CHANGES], hintUnlessOwn);
  probot.on([...CLICKS], hintOfClick);
  // The app may be the sender of its own place in the merge queue, and a gate is due for every group.
  probot.on('merge_group', hint);
  probot.on('check_run.completed', (context) =>
    hintUnlessOwnCheck(context, context.payload.check_run.app?.id),
  );
  probot.on('check_suite.completed', (context) =>
    hintUnlessOwnCheck(context, context.payload.check_suite.app?.id),
  );
  probot.on('status', async (context) => {
    if (context.payload.state !== 'pending') await hint(context);
  });
  probot.on(
    ['installation.created', 'installation.new_permissions_accepted', 'installation.unsuspend'],
    (context) => hintEach(context, context.payload.repositories ?? []),
  );
  probot.on('installation_repositories.added', (context) =>
    hintEach(context, context.payload.repositories_added),
  );
}
