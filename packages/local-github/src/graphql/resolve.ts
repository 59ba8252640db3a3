import { type GraphQLFieldResolver, type GraphQLTypeResolver, getNamedType } from 'graphql';

import { GitHubError } from '../domain/errors.js';
import { Connection, type PageArguments, checkBounds, connectionFields, edgeFields } from './connection.js';
import { gap, misuse } from './gap.js';
import { Payload, payloadField, runMutation } from './mutation.js';
import { MUTATIONS } from './mutations/table.js';
import { type Fields, type Request, Typed } from './request.js';
import { RESOLVERS } from './resolvers.js';

type Args = Readonly<Record<string, unknown>>;

/** The one resolver of every field: looks the field up in the table of its type, and cuts pages out of connections. */
export const resolveField: GraphQLFieldResolver<unknown, Request, Args> = (source, args, request, info) => {
  const { fieldName } = info;
  const type = info.parentType.name;
  if (type === 'Mutation') {
    return runMutation(request, fieldName, MUTATIONS[fieldName], Object(args['input']) as Args);
  }
  if (source instanceof Payload) return payloadField(source, info);
  const resolver = find(type, fieldName);
  if (resolver === undefined) throw gap(`${type}.${fieldName}`);
  const row = source instanceof Typed ? source.row : source;
  if (!getNamedType(info.returnType).name.endsWith('Connection')) {
    return resolver(row as never, request, args as never);
  }
  try {
    checkBounds(args, info);
  } catch (error) {
    if (error instanceof GitHubError) misuse(request, `${type}.${fieldName}`, error.message);
    throw error;
  }
  const items = resolver(row as never, request, args as never);
  return items instanceof Promise ? items.then((all) => connect(all, args)) : connect(items, args);
};

/** Interfaces and unions: the row says what it is. */
export const resolveType: GraphQLTypeResolver<unknown, Request> = (value, _request, info) => {
  if (value instanceof Typed) return value.__typename;
  throw new Error(`a value of ${info.parentType.name}.${info.fieldName} does not say its type`);
};

function find(type: string, field: string): Fields<never>[string] | undefined {
  const own = RESOLVERS[type]?.[field];
  if (own !== undefined) return own;
  if (type.endsWith('Connection')) return connectionFields[field];
  return type.endsWith('Edge') ? edgeFields[field] : undefined;
}

function connect(items: unknown, args: PageArguments): Connection | null {
  if (items === null) return null;
  if (!Array.isArray(items)) throw new Error('a connection was not resolved to a list');
  return new Connection(items, args);
}
