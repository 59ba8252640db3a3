import { Command, CommanderError } from 'commander';

import { SettingsError } from './app/errors.js';
import { askedToStop } from './cli/signals.js';
import type { SandboxOptions } from './cli/sandbox.js';
import { VERSION } from './version.js';

// What a command runs is loaded when it is asked for: help and a wrong option need none of it, and a signal that comes
// while it is loaded already ends the process in good order.
const program = new Command('yardmaster')
  .description('Deploys issues to coding agents, keeps their pull requests in merge order and lands them.')
  .version(VERSION)
  .exitOverride();

program
  .command('start')
  .description('Run the App on GitHub; without credentials, on a local GitHub with an example repository.')
  .action(async () => {
    const stopped = askedToStop();
    const { start } = await import('./cli/start.js');
    await start(stopped);
  });

program
  .command('reconcile')
  .description('Bring one repository to where it should be, once, with the credentials of the App.')
  .requiredOption('--repo <owner/name>', 'the repository')
  .requiredOption('--once', 'one reconcile and no more')
  .option('--dry-run', 'print what would be done, and write nothing')
  .action(async (options: { readonly repo: string; readonly dryRun?: boolean }) => {
    const { reconcileOnce } = await import('./cli/reconcile.js');
    await reconcileOnce(options);
  });

program
  .command('sandbox')
  .description('Run a local GitHub with the App installed, until it is asked to stop.')
  .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', '0')
  .option('--info <file>', 'where to write addresses and tokens, once everything is idle')
  .option('--seed <file>', 'what the GitHub holds, in YAML; the example repository without it')
  .option('--now <time>', 'where its clock starts, in ISO 8601; the real time without it')
  .option('--no-app', 'run no bot')
  .option('--webhook-url <url>', 'with --no-app: where its webhooks go')
  .action(async (options: SandboxOptions) => {
    const stopped = askedToStop();
    const { sandbox } = await import('./cli/sandbox.js');
    await sandbox(options, stopped);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
