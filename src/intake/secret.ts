import { SettingsError } from '../app/errors.js';

/** Probot's secret where none is set: anyone can sign with it. */
const PUBLIC_DEFAULT = 'development';
const SHORTEST = 16;

/** The secret, if webhooks may be trusted because of it. Throws a SettingsError that says how to mend it; never shows the secret. */
export function requireSecret(secret: string | undefined): string {
  const mend =
    'Set WEBHOOK_SECRET to the secret of the GitHub App, for example one made by `openssl rand -hex 32`.';
  if (secret === undefined || secret.trim() === '')
    throw new SettingsError(`The webhook secret is missing. ${mend}`);
  if (secret === PUBLIC_DEFAULT)
    throw new SettingsError(`The webhook secret is a publicly known default. ${mend}`);
  if (secret.length < SHORTEST) {
    throw new SettingsError(`The webhook secret is shorter than ${SHORTEST} characters. ${mend}`);
  }
  return secret;
}
