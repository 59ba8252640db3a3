import { Command } from 'commander';

import { createSystemClock } from '../app/system-clock.js';
import { compose } from '../compose.js';
import { readEnvironment, secretsOf } from '../environment.js';
import { createLog, createLogger } from '../operate/log.js';
import { createProbotApp } from '../probot-app.js';

interface Options {
  readonly repo: string;
  readonly once: boolean;
  readonly dryRun?: boolean;
}

/** `yardmaster reconcile`: one reconcile with the App's credentials. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description('Bring one repository to where it should be, once, with the credentials of the App.')
    .requiredOption('--repo <owner/name>', 'the repository')
    .requiredOption('--once', 'one reconcile and no more')
    .option('--dry-run', 'print what would be done, and write nothing')
    .action(async ({ repo, dryRun = false }: Options) => {
      const settings = readEnvironment(process.env);
      const clock = createSystemClock();
      const { appId, logLevel: level } = settings;
      const secrets = secretsOf(settings);
      const log = createLog({ level, clock, secrets });
      const probot = createProbotApp(settings, createLogger({ level: 'fatal', clock, secrets }));
      const yardmaster = compose({ probot, appId, clock, log });
      const plan = await yardmaster.reconcileOnce(repo, dryRun);
      if (dryRun) process.stdout.write(plan.length === 0 ? 'Nothing to do.\n' : `${plan.join('\n')}\n`);
    });
}
