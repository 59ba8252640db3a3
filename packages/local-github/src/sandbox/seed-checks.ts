import type { App, RequiredCheck } from '../state/model.js';
import { SeedError, type SeedProtection } from './seed-file.js';

/**
 * The required checks of a seed.
 * @throws SeedError for an app that is not there
 */
export function checksOf(
  checks: SeedProtection['required_checks'],
  place: string,
  apps: readonly App[],
): readonly RequiredCheck[] {
  return (checks ?? []).map(({ context, app }, index) => ({
    context,
    appId: app === undefined ? null : appNamed(app, `${place}.required_checks[${index}].app`, apps).id,
  }));
}

/**
 * The app with this slug.
 * @throws SeedError if there is none
 */
export function appNamed(slug: string, place: string, apps: readonly App[]): App {
  const app = apps.find((one) => one.slug === slug);
  if (app !== undefined) return app;
  throw new SeedError([`${place}: expected one of ${apps.map((one) => one.slug).join(', ')}, got ${slug}`]);
}
