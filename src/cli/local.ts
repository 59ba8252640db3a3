import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { type LocalGithub, startLocalGithub } from '@yardmaster/local-github';

import type { Log } from '../app/ports.js';
import { type Handler, type Yardmaster, compose, createHandler } from '../compose.js';
import { WEBHOOK_PATH } from '../intake/webhook-route.js';
import { createLogger } from '../operate/log.js';
import { createProbotApp } from '../probot-app.js';
import { MANIFEST } from './manifest.js';

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
  /**
   * Ends the bot as a crash would: nothing that is under way is waited for. A new one, which remembers nothing of it, is
   * started once `meanwhile` is over.
   */
  restartBot(meanwhile?: () => Promise<void>): Promise<void>;
  stop(): Promise<void>;
}

/** How long a run may go on when a bot is stopped in good order (ms). */
const DRAIN = 2_000;

/** A local GitHub with the app installed, on one port and one clock; resolves once the app is idle. */
export async function startLocal({ port, seed, now, withoutBot, log }: LocalOptions): Promise<Local> {
  let bot: { readonly yardmaster: Yardmaster; readonly handler: Handler } | null = null;
  const webhookUrl = withoutBot === undefined ? WEBHOOK_PATH : withoutBot.webhookUrl;
  const github = await startLocalGithub({
    port,
    seed,
    app: MANIFEST,
    ...(now !== undefined && { now }),
    ...(webhookUrl !== undefined && { webhookUrl }),
    ...(withoutBot === undefined && {
      mount: { prefixes: [WEBHOOK_PATH, '/healthz', '/readyz'], handler: handle },
    }),
  });
  let runsBefore = 0;
  github.world.activity.add({
    busy: () => bot?.yardmaster.busy() ?? [],
    runs: () => runsBefore + (bot?.yardmaster.queue.runs() ?? 0),
  });

  function handle(request: IncomingMessage, response: ServerResponse): void {
    if (bot === null) response.writeHead(503).end();
    else bot.handler(request, response);
  }

  async function startBot(): Promise<void> {
    bot = createBot(github, log);
    await bot.yardmaster.start();
    await github.settle();
  }

  async function stopBot(limit: number): Promise<void> {
    const stopped = bot?.yardmaster;
    runsBefore += stopped?.queue.runs() ?? 0;
    bot = null;
    await stopped?.stop(limit);
  }

  if (withoutBot === undefined) await startBot();
  return {
    github,
    async restartBot(meanwhile) {
      await stopBot(0);
      await meanwhile?.();
      await startBot();
    },
    async stop() {
      await stopBot(DRAIN);
      await github.close();
    },
  };
}

function createBot({ info, world }: LocalGithub, log: Log): { yardmaster: Yardmaster; handler: Handler } {
  const { clock } = world;
  const appId = info.app.id;
  const secret = readFileSync(info.app.webhookSecretFile, 'utf8');
  const privateKey = readFileSync(info.app.privateKeyFile, 'utf8');
  const logger = createLogger({ level: 'fatal', clock, secrets: [secret, privateKey] });
  const probot = createProbotApp({ appId, privateKey, secret, api: info.api }, logger);
  // The sandbox has no limits of its own, and distances would only be time that passes.
  const yardmaster = compose({ probot, appId, clock, log, spacing: { write: 0, notify: 0 } });
  return { yardmaster, handler: createHandler(yardmaster, { probot, clock, log, secret }) };
}
