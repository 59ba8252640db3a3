import { AppError } from '../../app/errors.js';
import { type WriteContext, query } from './context.js';

/** A pull request as it was when somebody decided on it. */
export interface AsPlanned {
  readonly head: string;
  /** The branch that it goes into. */
  readonly base: string;
  readonly draft: boolean;
}

const PULL_NOW = /* GraphQL */ `
  query PullNow($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      pullRequest(number: $number) {
        state
        isDraft
        headRefOid
        baseRefName
      }
    }
  }
`;

interface PullNow {
  readonly repository: {
    readonly pullRequest: {
      readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
      readonly isDraft: boolean;
      readonly headRefOid: string;
      readonly baseRefName: string;
    };
  };
}

/**
 * Throws a transient AppError if a pull request is not as it was judged: somebody pushed, closed it, made it a draft or
 * changed its base meanwhile. One that is merged at that head is fine: what is to be done was done.
 */
export async function demandAsPlanned(
  context: WriteContext,
  number: number,
  planned: AsPlanned,
): Promise<void> {
  const { repository } = await query<PullNow>(context, PULL_NOW, { number });
  const { state, isDraft, headRefOid, baseRefName } = repository.pullRequest;
  const changed =
    headRefOid !== planned.head ||
    baseRefName !== planned.base ||
    state === 'CLOSED' ||
    (state === 'OPEN' && isDraft !== planned.draft);
  if (changed) throw new AppError('transient', `pull request #${number} changed meanwhile`);
}
