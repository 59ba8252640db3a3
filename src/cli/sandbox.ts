import { readFileSync, renameSync, writeFileSync } from 'node:fs';

import { SeedError } from '@yardmaster/local-github';

import { createSystemClock } from '../app/system-clock.js';
import { createLog } from '../operate/log.js';
import { SettingsError } from '../app/errors.js';
import { exampleSeed } from './example.js';
import { startLocal } from './local.js';

export interface SandboxOptions {
  readonly port: string;
  readonly info?: string;
  readonly seed?: string;
  readonly now?: string;
  readonly app: boolean;
  readonly webhookUrl?: string;
}

/**
 * `yardmaster sandbox`: a local GitHub with the bot, for tests and outside tools. docs/sandbox.md is its contract.
 * Runs until `stopped`, which is asked for before the start: a signal during it ends the process in good order, too.
 */
export async function sandbox(options: SandboxOptions, stopped: Promise<void>): Promise<void> {
  const { port, info, seed, now, app, webhookUrl } = options;
  const log = createLog({ level: 'warn', clock: createSystemClock() });
  const text = seed === undefined ? exampleSeed() : readSeedFile(seed);
  const withoutBot = app ? {} : { withoutBot: { webhookUrl: webhooksTo(webhookUrl) } };
  if (app && webhookUrl !== undefined) {
    throw new SettingsError('--webhook-url needs --no-app: with the App, the webhooks go to the App.');
  }
  const start = { port: portOf(port), seed: text, now, log, ...withoutBot };
  const local = await startLocal(start).catch((error: unknown) => explained(error, port));
  try {
    tell(`${JSON.stringify(local.github.info, null, 2)}\n`, info);
    await stopped;
  } finally {
    await local.stop();
  }
}

/** The file appears complete: it is written beside and renamed. */
function tell(facts: string, file: string | undefined): void {
  if (file === undefined) {
    process.stdout.write(facts);
    return;
  }
  try {
    writeFileSync(`${file}.part`, facts, { mode: 0o600 });
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw new SettingsError(`--info names a file that cannot be written: ${(error as Error).message}`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new SettingsError(`--port must be a number from 0 to 65535; it is "${text}".`);
}

function webhooksTo(url: string | undefined): string | undefined {
  if (url === undefined || /^https?:\/\/./.test(url)) return url;
  throw new SettingsError(
    `--webhook-url must be an address that begins with http:// or https://; it is "${url}".`,
  );
}

/** What somebody gave us wrongly is told in a sentence; anything else is our own fault and keeps its trace. */
function explained(error: unknown, port: string): never {
  if (error instanceof SeedError) throw new SettingsError(error.message);
  if (error instanceof RangeError) throw new SettingsError(`--now cannot be used: ${error.message}`);
  if (Object(error).code === 'EADDRINUSE') {
    throw new SettingsError(`--port cannot be used: something listens on 127.0.0.1:${port} already.`);
  }
  throw error;
}

function readSeedFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`--seed names a file that cannot be read: ${(error as Error).message}`);
  }
}
