import { readFileSync } from 'node:fs';

import { SettingsError } from './app/errors.js';
import type { Credentials } from './probot-app.js';

export interface ProcessSettings extends Omit<Credentials, 'secret'> {
  /** Webhooks are signed with it; a single reconcile needs none. */
  readonly secret: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
}

type Environment = Readonly<Record<string, string | undefined>>;

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug'] as const;

/** True if the environment names a GitHub App at all. */
export function hasCredentials(environment: Environment): boolean {
  return (environment['APP_ID'] ?? '') !== '';
}

/**
 * Reads the settings of this process: `APP_ID`, `PRIVATE_KEY` or `PRIVATE_KEY_PATH`, `WEBHOOK_SECRET` or
 * `WEBHOOK_SECRET_PATH`, `GITHUB_API_URL`, `HOST`, `PORT`, `LOG_LEVEL`. Throws SettingsError.
 */
export function readEnvironment(environment: Environment): ProcessSettings {
  const appId = Number(environment['APP_ID']);
  if (!Number.isSafeInteger(appId) || appId <= 0) {
    throw new SettingsError('APP_ID must be the number of your GitHub App, as its settings page shows it.');
  }
  const port = Number(environment['PORT'] ?? '3000');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new SettingsError(`PORT must be a number from 0 to 65535; it is "${environment['PORT']}".`);
  }
  const level = environment['LOG_LEVEL'] ?? 'info';
  const logLevel = LEVELS.find((each) => each === level);
  if (logLevel === undefined) {
    throw new SettingsError(`LOG_LEVEL must be one of ${LEVELS.join(', ')}; it is "${level}".`);
  }
  return {
    appId,
    privateKey: textOrFile(environment, 'PRIVATE_KEY').replaceAll('\\n', '\n'),
    secret: hasValue(environment, 'WEBHOOK_SECRET')
      ? textOrFile(environment, 'WEBHOOK_SECRET').trim()
      : undefined,
    api: (environment['GITHUB_API_URL'] ?? 'https://api.github.com').replace(/\/$/, ''),
    host: environment['HOST'] ?? '127.0.0.1',
    port,
    logLevel,
  };
}

function hasValue(environment: Environment, name: string): boolean {
  return (environment[name] ?? environment[`${name}_PATH`] ?? '') !== '';
}

function textOrFile(environment: Environment, name: string): string {
  const text = environment[name];
  if (text !== undefined && text !== '') return text;
  const path = environment[`${name}_PATH`];
  if (path === undefined || path === '') {
    throw new SettingsError(`${name} is missing. Set ${name}, or ${name}_PATH to a file that holds it.`);
  }
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError(`${name}_PATH names a file that cannot be read: ${(error as Error).message}`);
  }
}

/** What must never be in a log. */
export function secretsOf({ secret, privateKey }: ProcessSettings): readonly string[] {
  return secret === undefined ? [privateKey] : [secret, privateKey];
}
