import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createSystemClock } from './app/system-clock.js';
import { compose, createHandler } from './compose.js';
import { type ProcessSettings, secretsOf } from './environment.js';
import { INTAKE_LIMITS, serverOptions } from './intake/limits.js';
import { createLog, createLogger } from './operate/log.js';
import { createProbotApp } from './probot-app.js';

/** How long a run that is under way may take when the process is asked to end (ms). */
const DRAIN = 25_000;

/** Starts the app on GitHub. It answers before GitHub can be reached. Resolves once it listens. */
export async function serve(
  settings: ProcessSettings,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const clock = createSystemClock();
  const { appId, logLevel: level, secret } = settings;
  const secrets = secretsOf(settings);
  const log = createLog({ level, clock, secrets });
  const probot = createProbotApp(settings, createLogger({ level: 'fatal', clock, secrets }));
  const yardmaster = compose({ probot, appId, clock, log });
  const server = createServer(
    serverOptions(INTAKE_LIMITS),
    createHandler(yardmaster, { probot, clock, log, secret }),
  );
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const url = `http://${settings.host}:${port}`;
  log.info('Yardmaster listens', { url, api: settings.api });
  void yardmaster.start();
  return {
    url,
    async stop() {
      log.info('Yardmaster stops: it finishes what is under way');
      server.close();
      await yardmaster.stop(DRAIN);
      server.closeAllConnections();
    },
  };
}

function listen(server: Server, { host, port }: ProcessSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
}
