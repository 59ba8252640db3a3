import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { SeedError } from '@yardmaster/local-github';
import { Command } from 'commander';

import { createSystemClock } from '../app/system-clock.js';
import { createLog } from '../operate/log.js';
import { SettingsError } from '../app/errors.js';
import { exampleSeed } from './example.js';
import { startLocal } from './local.js';
import { askedToStop } from './signals.js';

interface Options {
  readonly port: string;
  readonly info?: string;
  readonly seed?: string;
  readonly now?: string;
  readonly app: boolean;
  readonly webhookUrl?: string;
}

/** `yardmaster sandbox`: a local GitHub with the bot, for tests and outside tools. docs/sandbox.md is its contract. */
export function sandboxCommand(): Command {
  return new Command('sandbox')
    .description('Run a local GitHub with the App installed, until it is asked to stop.')
    .option('--port <number>', 'the port on 127.0.0.1; 0 takes a free one', '0')
    .option('--info <file>', 'where to write addresses and tokens, once everything is idle')
    .option('--seed <file>', 'what the GitHub holds, in YAML; the example repository without it')
    .option('--now <time>', 'where its clock starts, in ISO 8601; the real time without it')
    .option('--no-app', 'run no bot')
    .option('--webhook-url <url>', 'with --no-app: where its webhooks go')
    .action(run);
}

async function run({ port, info, seed, now, app, webhookUrl }: Options): Promise<void> {
  const clock = createSystemClock();
  const log = createLog({ level: 'warn', clock });
  const text = seed === undefined ? exampleSeed() : readSeedFile(seed);
  const withoutBot = app ? {} : { withoutBot: { webhookUrl } };
  const local = await startLocal({ port: portOf(port), seed: text, now, log, ...withoutBot }).catch(
    explained,
  );
  const facts = `${JSON.stringify(local.github.info, null, 2)}\n`;
  if (info === undefined) process.stdout.write(facts);
  else {
    writeFileSync(`${info}.part`, facts, { mode: 0o600 });
    renameSync(`${info}.part`, info);
  }
  await askedToStop();
  await local.stop();
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SettingsError(`--port must be a number from 0 to 65535; it is "${text}".`);
}

/** What somebody gave us wrongly is told in a sentence; anything else is our own fault and keeps its trace. */
function explained(error: unknown): never {
  if (error instanceof SeedError) throw new SettingsError(error.message);
  if (error instanceof RangeError) throw new SettingsError(`--now cannot be used: ${error.message}`);
  throw error;
}

function readSeedFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`--seed names a file that cannot be read: ${(error as Error).message}`);
  }
}
