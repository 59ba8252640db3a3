import { hasCredentials, readEnvironment } from '../environment.js';
import { serve } from '../server.js';
import { playground } from './playground.js';

/** `yardmaster start`: the app on GitHub, or without credentials a local GitHub to try it on. Runs until `stopped`. */
export async function start(stopped: Promise<void>): Promise<void> {
  if (!hasCredentials(process.env)) {
    await playground(stopped);
    return;
  }
  const server = await serve(readEnvironment(process.env));
  await stopped;
  await server.stop();
}
