import { AppError } from '../../app/errors.js';
import type { Digest } from '../../core/names/labels.js';
import { graphqlError } from '../errors.js';
import { type Known, nothingKnown } from '../known.js';
import type { RestAnswer, Transport } from '../transport.js';

/** What every write of one repository needs. */
export interface WriteContext {
  readonly transport: Transport;
  readonly owner: string;
  readonly name: string;
  readonly digest: Digest;
  readonly known: Known;
  /** Node id of the repository; asked once, at the first write that needs it. */
  repositoryId(): Promise<string>;
  /** Asks again next time: the repository may have been made anew under its name. */
  forgetRepositoryId(): void;
}

const REPOSITORY_ID = /* GraphQL */ `
  query RepositoryId($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) {
      id
    }
  }
`;

/** `repository` is `owner/name`. */
export function createContext({
  transport,
  repository,
  digest,
  known = nothingKnown(),
}: {
  readonly transport: Transport;
  readonly repository: string;
  readonly digest: Digest;
  readonly known?: Known;
}): WriteContext {
  const [owner = '', name = ''] = repository.split('/', 2);
  const context: WriteContext = {
    transport,
    owner,
    name,
    digest,
    known,
    async repositoryId() {
      known.repositoryId ??= (
        await query<{ repository: { id: string } }>(context, REPOSITORY_ID)
      ).repository.id;
      return known.repositoryId;
    },
    forgetRepositoryId: () => void (known.repositoryId = undefined),
  };
  return context;
}

/**
 * Reads what a write rests on, whole: throws an AppError if a part of it could not be read. Owner and name of the
 * repository are given as variables besides.
 */
export async function query<Data>(
  { transport, owner, name }: WriteContext,
  document: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const answer = await transport.graphql<Data>(document, { owner, name, ...variables });
  const { data, errors } = answer;
  const [first] = errors;
  if (data !== null && first === undefined) return data;
  const kind = first?.type === 'NOT_FOUND' ? 'terminal' : 'transient';
  throw graphqlError(answer) ?? new AppError(kind, first?.message ?? 'GitHub answered without data');
}

/**
 * Sends a REST request about the repository; `path` goes on behind `/repos/{owner}/{repo}`. Throws an AppError whose
 * message holds also the single reasons of a 422, which GitHub gives beside its sentence.
 */
export async function send(
  { transport, owner, name }: WriteContext,
  method: Parameters<Transport['rest']>[0],
  path: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<RestAnswer> {
  try {
    return await transport.rest(method, `/repos/{owner}/{repo}${path}`, { owner, repo: name, ...parameters });
  } catch (error) {
    throw withReasons(error);
  }
}

/** True if GitHub refused with this status, and with words like these. */
export function refusedWith(error: unknown, status: number, words = /(?:)/): error is AppError {
  return error instanceof AppError && error.options.status === status && words.test(error.message);
}

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed */
interface Reason {
  readonly field?: string;
  readonly code?: string;
  readonly message?: string;
}

function withReasons(error: unknown): unknown {
  if (!(error instanceof AppError) || error.options.status !== 422) return error;
  const { cause } = error.options as { cause?: { response?: { data?: { errors?: unknown } } } };
  const reasons = cause?.response?.data?.errors;
  if (!Array.isArray(reasons) || reasons.length === 0) return error;
  return new AppError(
    error.kind,
    `${error.message}: ${reasons.map((reason) => wordsOf(reason as Reason | string)).join(', ')}`,
    error.options,
  );
}

function wordsOf(reason: Reason | string): string {
  if (typeof reason === 'string') return reason;
  return reason.message ?? `${reason.field ?? 'a value'} ${(reason.code ?? 'invalid').replaceAll('_', ' ')}`;
}
