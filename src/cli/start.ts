import { Command } from 'commander';

import { hasCredentials, readEnvironment } from '../environment.js';
import { serve } from '../server.js';
import { askedToStop } from './signals.js';
import { playground } from './playground.js';

/** `yardmaster start`: the app on GitHub, or without credentials a local GitHub to try it on. */
export function startCommand(): Command {
  return new Command('start')
    .description('Run the App on GitHub; without credentials, on a local GitHub with an example repository.')
    .action(async () => {
      if (!hasCredentials(process.env)) {
        await playground();
        return;
      }
      const server = await serve(readEnvironment(process.env));
      await askedToStop();
      await server.stop();
    });
}
