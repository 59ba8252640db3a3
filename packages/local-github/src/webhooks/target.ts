import type { DomainEvent } from '../domain/events.js';
import type { App, Id, RepositoryHook } from '../state/model.js';
import type { View } from '../world.js';

/** Where webhooks of one app or one repository hook go. */
export interface Target {
  readonly kind: 'integration' | 'repository';
  /** The app or the repository; with `hookId` it says which webhook this is. */
  readonly id: Id;
  readonly hookId: Id;
  /** Of the app on the repository's owner; null for a repository hook. */
  readonly installationId: Id | null;
  /** undefined: nobody listens, and what would be sent is kept as undelivered. */
  readonly url: string | undefined;
  readonly secret: string | null;
}

/** Where the webhooks of an app go, as its registration says. */
export interface AppHook {
  readonly appId: Id;
  readonly url: string | undefined;
  readonly secret: string;
}

/** Who is told of an event: the apps installed that subscribe to it, then the repository's hooks. */
export function targetsOf(event: DomainEvent, view: View, hooks: readonly AppHook[]): readonly Target[] {
  return [...appTargets(event, view, hooks), ...repositoryTargets(event, view)];
}

function appTargets(event: DomainEvent, view: View, hooks: readonly AppHook[]): readonly Target[] {
  const ownerId = view.state.repositories[event.repositoryId]?.ownerId;
  return hooks.flatMap(({ appId, url, secret }) => {
    const app = view.state.apps[appId];
    const installation = Object.values(view.state.installations).find(
      (one) => one.appId === appId && one.accountId === ownerId,
    );
    if (app === undefined || installation === undefined || !hears(app, event, view)) return [];
    const installationId = installation.id;
    return [{ kind: 'integration', id: appId, hookId: appId, installationId, url, secret }];
  });
}

/**
 * An app hears what it subscribes to; with `checks: write` also of check runs and suites. Requests to check, and
 * buttons, are for the app that owns the check; merge groups are for apps with `merge_queues: read`. Source:
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#check_run, and #merge_group
 */
function hears(app: App, event: DomainEvent, view: View): boolean {
  const { state } = view;
  const checks = event.name === 'check_run' || event.name === 'check_suite';
  if (!app.events.includes(event.name) && !(checks && app.permissions.checks === 'write')) return false;
  if (event.name === 'merge_group') return app.permissions.merge_queues !== undefined;
  if (event.name === 'check_run' && ['rerequested', 'requested_action'].includes(event.action)) {
    return state.checkRuns[event.checkRunId]?.appId === app.id;
  }
  if (event.name === 'check_suite' && event.action !== 'completed') {
    return state.checkSuites[event.checkSuiteId]?.appId === app.id;
  }
  return true;
}

/** Hooks of a repository hear no requests to check: those are for apps. So are merge groups. */
function repositoryTargets(event: DomainEvent, view: View): readonly Target[] {
  if (event.name === 'merge_group') return [];
  if (event.name === 'check_suite' && event.action !== 'completed') return [];
  if (event.name === 'check_run' && event.action !== 'created' && event.action !== 'completed') return [];
  return Object.values(view.state.hooks)
    .filter((hook) => hook.repositoryId === event.repositoryId && hook.active)
    .filter((hook) => hook.events.includes('*') || hook.events.includes(event.name))
    .map(targetOfHook);
}

function targetOfHook({ id, repositoryId, url, secret }: RepositoryHook): Target {
  return { kind: 'repository', id: repositoryId, hookId: id, installationId: null, url, secret };
}
