import { hash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Probot } from 'probot';

import type { Click, Clock, Log, RepositoryKey } from './app/ports.js';
import { type Reconcile, type ReconcileParts, createReconcile, dryRun } from './app/reconcile.js';
import { createSweeps } from './app/sweeps.js';
import { type Installations, createInstallations } from './github/installations.js';
import { POLITE, type Spacing } from './github/lanes.js';
import { registerHandlers } from './intake/handlers.js';
import { createWebhookRoute } from './intake/webhook-route.js';
import { createHealth } from './operate/health.js';
import { createMemoryQueue } from './queue/memory-queue.js';
import type { Queue } from './queue/queue.js';
import { VERSION } from './version.js';

export interface ComposeParts {
  /** Authenticates as the app and calls the handlers. */
  readonly probot: Probot;
  readonly appId: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Distance between writes; what GitHub asks for, unless said otherwise. */
  readonly spacing?: Spacing;
  readonly random?: () => number;
}

export interface Yardmaster {
  readonly queue: Queue;
  readonly github: Installations;
  /** Begins with a sweep of every installed repository. */
  start(): Promise<void>;
  /** Starts nothing new and waits for what is under way, at most `limit` milliseconds. */
  stop(limit: number): Promise<void>;
  /** One line for each thing under way. */
  busy(): readonly string[];
  /** One reconcile of a repository, or with `dry` what it would do. */
  reconcileOnce(repository: string, dry: boolean): Promise<readonly string[]>;
}

/** When to look again after a webhook (ms). */
const AFTER_WEBHOOK = 15_000;

const digest = (text: string) => hash('sha256', text);

/** Puts the app together. Everything is decided by what is given here; nothing else reads the environment. */
export function compose({
  probot,
  appId,
  clock,
  log,
  spacing = POLITE,
  random = Math.random,
}: ComposeParts): Yardmaster {
  const github = createInstallations({ auth: (id) => probot.auth(id), appId, clock, spacing, digest });
  const reconciles = new Map<string, Reconcile>();

  const parts = (key: RepositoryKey): ReconcileParts => ({
    reader: github.reader(key),
    writer: github.writer(key),
    clock,
    log,
    digest,
    appVersion: VERSION,
  });

  function reconcileOf(key: RepositoryKey): Reconcile {
    const name = `${key.installation} ${key.repository}`;
    const reconcile = reconciles.get(name) ?? createReconcile(key, parts(key));
    reconciles.set(name, reconcile);
    return reconcile;
  }

  const queue = createMemoryQueue({
    clock,
    log,
    random,
    async work(key, clicks) {
      const { openWork, ...result } = await reconcileOf(key)(clicks);
      sweeps.noteOpenWork(key, openWork);
      return result;
    },
  });
  const enqueue = (key: RepositoryKey, cause: string) => queue.enqueue(key, cause);
  /** GitHub's reads may lag behind its webhooks, so each is followed by a second look. */
  const hint = (key: RepositoryKey, cause: string, click?: Click) =>
    queue.enqueue(key, cause, AFTER_WEBHOOK, click);
  const sweeps = createSweeps({ clock, github, enqueue, log });
  registerHandlers(probot, { enqueue: hint, me: github.me, app: appId, clock });

  return {
    queue,
    github,
    start: () => sweeps.start(),
    async stop(limit) {
      sweeps.stop();
      const left = await queue.drain(limit);
      if (left.length > 0) log.warn('Some runs were cut off; the next start finds what they left', { left });
    },
    busy: () => [...queue.busy().map((name) => `reconcile of ${name}`), ...sweeps.busy()],
    async reconcileOnce(repository, dry) {
      const key = await github.keyOf(repository);
      if (dry) return dryRun(parts(key));
      await reconcileOf(key)();
      return [];
    },
  };
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The HTTP side: webhooks and health, 404 for everything else. */
export function createHandler(
  yardmaster: Yardmaster,
  {
    probot,
    clock,
    log,
    secret,
  }: Pick<ComposeParts, 'probot' | 'clock' | 'log'> & { secret: string | undefined },
): Handler {
  const webhooks = createWebhookRoute({
    secret,
    receive: (event) => probot.webhooks.receive(event),
    clock,
    log,
  });
  const health = createHealth({ ready: () => !yardmaster.queue.draining() });
  return (request, response) => {
    if (webhooks(request, response) || health(request, response)) return;
    response
      .writeHead(404, { 'content-type': 'text/plain' })
      .end('Not found. Webhooks go to /api/github/webhooks.\n');
  };
}
