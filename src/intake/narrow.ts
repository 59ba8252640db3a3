import type { RepositoryKey } from '../app/ports.js';

/** The little of a webhook that is looked at. Everything else is read from GitHub when the repository's turn comes. */
export interface Delivered {
  /** The delivery's id. */
  readonly id: string;
  readonly name: string;
  readonly payload: {
    readonly action?: string;
    readonly sender?: { readonly id: number } | null;
    readonly installation?: { readonly id: number } | null;
    readonly repository?: { readonly full_name: string } | null;
  };
}

/** The repository that it is about; undefined if it is about none, or not from an installation. */
export function keyOf({ payload }: Delivered): RepositoryKey | undefined {
  const { installation, repository } = payload;
  if (!installation || !repository) return undefined;
  return { installation: installation.id, repository: repository.full_name };
}

/** For the log: `issues.labeled 72d3162e-…`. */
export function causeOf({ id, name, payload }: Delivered): string {
  const event = payload.action === undefined ? name : `${name}.${payload.action}`;
  return `${event} ${id}`;
}
