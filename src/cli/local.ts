import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFileSync } from 'node:fs';

import { type LocalGithub, startLocalGithub } from '@yardmaster/local-github';

import { compose, createHandler, type Handler, type Yardmaster } from '../compose.js';
import type { Log } from '../app/ports.js';
import { WEBHOOK_PATH } from '../intake/webhook-route.js';
import { createLogger } from '../operate/log.js';
import { createProbotApp } from '../probot-app.js';

/** What the manifest (app.yml) asks GitHub for. */
const APP = {
  slug: 'yardmaster',
  name: 'Yardmaster',
  permissions: {
    metadata: 'read',
    contents: 'write',
    issues: 'write',
    pull_requests: 'write',
    checks: 'write',
    statuses: 'write',
    merge_queues: 'read',
    actions: 'write',
  },
  events: [
    'issues',
    'issue_comment',
    'issue_dependencies',
    'sub_issues',
    'label',
    'pull_request',
    'pull_request_review',
    'push',
    'create',
    'delete',
    'check_run',
    'check_suite',
    'status',
    'merge_group',
    'repository',
  ],
} as const;

export interface LocalOptions {
  readonly port: number;
  readonly seed: string;
  readonly now?: string | undefined;
  /** Without the bot: the address that gets its webhooks, or undefined to keep them. */
  readonly withoutBot?: { readonly webhookUrl: string | undefined };
  readonly log: Log;
}

export interface Local {
  readonly github: LocalGithub;
  readonly yardmaster: Yardmaster | null;
  stop(): Promise<void>;
}

/** A local GitHub with the app installed, on one port and one clock; resolves once the app is idle. */
export async function startLocal({ port, seed, now, withoutBot, log }: LocalOptions): Promise<Local> {
  let handler: Handler = (_: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end();
  const webhookUrl = withoutBot === undefined ? WEBHOOK_PATH : withoutBot.webhookUrl;
  const github = await startLocalGithub({
    port,
    seed,
    app: APP,
    ...(now !== undefined && { now }),
    ...(webhookUrl !== undefined && { webhookUrl }),
    ...(withoutBot === undefined && {
      mount: {
        prefixes: [WEBHOOK_PATH, '/healthz', '/readyz'],
        handler: (request, response) => handler(request, response),
      },
    }),
  });
  const { info, world } = github;
  if (withoutBot !== undefined) return { github, yardmaster: null, stop: () => github.close() };

  const clock = world.clock;
  const secret = readFileSync(info.app.webhookSecretFile, 'utf8');
  const privateKey = readFileSync(info.app.privateKeyFile, 'utf8');
  const probot = createProbotApp(
    { appId: info.app.id, privateKey, secret, api: info.api },
    createLogger({ level: 'fatal', clock, secrets: [secret, privateKey] }),
  );
  const spacing = { write: 0, notify: 0 };
  const yardmaster = compose({ probot, appId: info.app.id, clock, log, spacing });
  handler = createHandler(yardmaster, { probot, clock, log, secret });
  const { queue } = yardmaster;
  world.activity.add({
    busy: () => queue.busy().map((name) => `reconcile of ${name}`),
    runs: () => queue.runs(),
  });
  await yardmaster.start();
  await github.settle();
  return {
    github,
    yardmaster,
    async stop() {
      await yardmaster.stop(2_000);
      await github.close();
    },
  };
}
