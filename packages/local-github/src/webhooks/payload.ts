import { row } from '../domain/context.js';
import type { DomainEvent } from '../domain/events.js';
import { presentAccount } from '../present/accounts.js';
import { presentOrganization } from '../present/organizations.js';
import { presentForkee, presentRepository } from '../present/repositories.js';
import type { Json } from '../rest/route.js';
import type { View } from '../world.js';
import { checkRunPayload, checkSuitePayload, statusPayload } from './payloads/checks.js';
import type { Payload } from './payloads/event.js';
import { groupPayload } from './payloads/groups.js';
import { commentPayload, dependencyPayload, issuePayload, labelPayload } from './payloads/issues.js';
import { pullPayload, reviewPayload } from './payloads/pulls.js';
import { pushPayload, refPayload } from './payloads/refs.js';

/**
 * What an event's webhook says to everybody; the installation is added for apps. It shows the state of `view`, which is
 * the one that the event's effect made.
 */
export async function buildPayload(event: DomainEvent, view: View): Promise<Payload> {
  const { state } = view;
  const repository = row(state.repositories, event.repositoryId);
  const owner = row(state.accounts, repository.ownerId);
  return {
    ...('action' in event && { action: event.action }),
    ...(await ownPart(event, view)),
    repository: presentRepository(view, repository),
    ...(owner.type === 'Organization' && { organization: presentOrganization(view, owner) }),
    sender: presentAccount(view, row(state.accounts, event.senderId)),
  };
}

/** The members that only this kind of event has. */
async function ownPart(event: DomainEvent, view: View): Promise<Payload> {
  switch (event.name) {
    case 'issues':
      return issuePayload(event, view);
    case 'issue_comment':
      return commentPayload(event, view);
    case 'issue_dependencies':
      return dependencyPayload(event, view);
    case 'label':
      return labelPayload(event, view);
    case 'push':
      return pushPayload(event, view);
    case 'create':
    case 'delete':
      return refPayload(event, view);
    case 'fork':
      return { forkee: presentForkee(view, row(view.state.repositories, event.forkId)) };
    case 'pull_request':
      return pullPayload(event, view);
    case 'pull_request_review':
      return reviewPayload(event, view);
    case 'check_run':
      return checkRunPayload(event, view);
    case 'check_suite':
      return checkSuitePayload(event, view);
    case 'merge_group':
      return groupPayload(event, view);
    case 'status':
      return statusPayload(event, view);
    case 'repository_dispatch':
      return {
        branch: row(view.state.repositories, event.repositoryId).defaultBranch,
        client_payload: event.clientPayload as Json,
      };
  }
}
