import { AppError } from '../../app/errors.js';
import type { Provision } from '../../core/actions/action.js';
import { graphqlError } from '../errors.js';
import type { WriteContext } from './context.js';

interface Issues {
  readonly repository: Readonly<
    Record<string, { readonly state: string; readonly title: string; readonly body: string } | null>
  >;
}

/**
 * Reads the issues once more right before their tasks are written, all in one query. Gives those of the actions that may
 * not go on, with the reason: title or body are not those that were approved, or the issue is closed or gone. An issue that
 * cannot be read may not go on either.
 */
export async function beforeProvisioning(
  { transport, owner, name, digest }: WriteContext,
  actions: readonly Provision[],
): Promise<ReadonlyMap<Provision, AppError>> {
  const answer = await transport.graphql<Issues>(issuesDocument(actions.map((action) => action.number)), {
    owner,
    name,
  });
  const whole = graphqlError(answer);
  if (whole !== null) return new Map(actions.map((action) => [action, whole]));
  const issues = answer.data?.repository ?? {};
  return new Map(
    actions
      .filter((action) => {
        const issue = issues[aliasOf(action.number)];
        const { title, bodySha256 } = action.approved;
        return issue?.state !== 'OPEN' || issue.title !== title || digest(issue.body) !== bodySha256;
      })
      .map((action) => [action, new AppError('transient', 'the issue changed meanwhile')]),
  );
}

function issuesDocument(numbers: readonly number[]): string {
  const issues = [...new Set(numbers)].map(
    (number) =>
      `    ${aliasOf(number)}: issue(number: ${number}) {\n      state\n      title\n      body\n    }\n`,
  );
  return [
    'query BeforeProvisioning($owner: String!, $name: String!) {\n',
    '  repository(owner: $owner, name: $name) {\n',
    ...issues,
    '  }\n}\n',
  ].join('');
}

function aliasOf(number: number): string {
  return `i${number}`;
}
