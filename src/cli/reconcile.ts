import { createSystemClock } from '../app/system-clock.js';
import { compose } from '../compose.js';
import { readEnvironment, secretsOf } from '../environment.js';
import { createLog, createLogger } from '../operate/log.js';
import { createProbotApp } from '../probot-app.js';

interface Options {
  /** `owner/name`. */
  readonly repo: string;
  readonly dryRun?: boolean;
}

/** `yardmaster reconcile --once`: one reconcile with the App's credentials; the dry run prints the plan. */
export async function reconcileOnce({ repo, dryRun = false }: Options): Promise<void> {
  const settings = readEnvironment(process.env);
  const clock = createSystemClock();
  const { appId, logLevel: level } = settings;
  const secrets = secretsOf(settings);
  const log = createLog({ level, clock, secrets });
  const probot = createProbotApp(settings, createLogger({ level: 'fatal', clock, secrets }));
  const yardmaster = compose({ probot, appId, clock, log });
  const plan = await yardmaster.reconcileOnce(repo, dryRun);
  if (dryRun) process.stdout.write(plan.length === 0 ? 'Nothing to do.\n' : `${plan.join('\n')}\n`);
}
