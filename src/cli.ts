import { Command, CommanderError } from 'commander';

import { reconcileCommand } from './cli/reconcile.js';
import { sandboxCommand } from './cli/sandbox.js';
import { startCommand } from './cli/start.js';
import { SettingsError } from './app/errors.js';
import { VERSION } from './version.js';

const program = new Command('yardmaster')
  .description('Deploys issues to coding agents, keeps their pull requests in merge order and lands them.')
  .version(VERSION)
  .exitOverride()
  .addCommand(startCommand())
  .addCommand(reconcileCommand())
  .addCommand(sandboxCommand());

// Commands that are added do not inherit it.
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof SettingsError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else throw error;
}
