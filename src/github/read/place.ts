/** A repository as GraphQL's variables name it. */
export interface Place {
  readonly owner: string;
  readonly name: string;
}

/** From `owner/name`. */
export function placeOf(repository: string): Place {
  const [owner = '', name = ''] = repository.split('/');
  return { owner, name };
}
