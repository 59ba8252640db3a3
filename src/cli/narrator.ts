import type { LocalGithub } from '@yardmaster/local-github';

type World = LocalGithub['world'];
type Effect = Parameters<Parameters<World['onEffect']>[0]>[0];
type DomainEvent = Effect['events'][number];

/** Tells each thing that happens on a local GitHub in a line, as it happens. */
export function narrate(world: World, tell: (line: string) => void): void {
  world.onEffect((effect) => {
    for (const event of effect.events) {
      const what = sentence(event, effect);
      if (what === null) continue;
      const who = effect.view.state.accounts[event.senderId]?.login ?? 'somebody';
      tell(`${effect.view.now.slice(11, 19)}  ${who.padEnd(16)} ${what}`);
    }
  });
}

/** What happened, in a few words; null for what only repeats something else. */
function sentence(event: DomainEvent, { view: { state } }: Effect): string | null {
  switch (event.name) {
    case 'issues':
      return `${words(event.action)} issue #${('issue' in event ? event.issue : state.issues[event.issueId])?.number}${label(event)}`;
    case 'pull_request': {
      const issue = state.pulls[event.pullId]?.issueId;
      const row = issue === undefined ? undefined : state.issues[issue];
      const merged = event.action === 'closed' && state.pulls[event.pullId]?.merged !== null;
      return `${merged ? 'merged' : words(event.action)} pull request #${row?.number}${label(event)}`;
    }
    case 'issue_comment':
      return event.action === 'created'
        ? `commented on #${state.issues[event.issueId]?.number}: ${event.comment.body.split('\n', 1)[0]}`
        : null;
    case 'push':
      return `${event.forced ? 'rewrote' : 'pushed'} ${branch(event.ref)} (${event.after.slice(0, 7)})`;
    case 'create':
    case 'delete':
      return `${event.name}d the branch ${branch(event.ref)}`;
    case 'check_run': {
      const run = state.checkRuns[event.checkRunId];
      if (run === undefined || (event.action === 'created' && run.status === 'completed')) return null;
      return `check ${run.name} on ${run.headSha.slice(0, 7)}: ${run.conclusion ?? run.status} (${run.output.title ?? ''})`;
    }
    default:
      return null;
  }
}

function words(action: string): string {
  return action.replaceAll('_', ' ');
}

function label(event: DomainEvent): string {
  return 'label' in event && event.label !== undefined ? ` (${event.label.name})` : '';
}

function branch(ref: string): string {
  return ref.replace('refs/heads/', '');
}
