import { readFileSync } from 'node:fs';
import { mapSchemas, toJsonSchema, type Schema } from './json-schema.js';

/** An operation as cut from GitHub's OpenAPI description. Schemas are JSON Schema; null = no content. */
export interface ServedOperation {
  readonly method: string;
  /** The path template; `{+name}` may hold slashes. */
  readonly path: string;
  readonly path_parameters: Schema;
  readonly query: Schema;
  readonly body_required?: boolean;
  readonly body?: Schema | null;
  readonly responses: Readonly<Record<string, Schema | null>>;
}

/** Operations and components in one document, so that `#/components/schemas/x` resolves in it. */
export interface OpenApiCut {
  readonly operations: Readonly<Record<string, ServedOperation>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** A path matched to an operation. Parameters are decoded. */
export interface MatchedOperation {
  readonly operationId: string;
  readonly params: Readonly<Record<string, string>>;
}

interface Node {
  readonly literals: Map<string, Node>;
  /** Children behind a parameter, by its template; `{+name}` may take several segments. */
  readonly parameters: Map<string, Node>;
  operationId?: string;
}

const ROOT_FOLDER = /^\/repos\/[^/]+\/[^/]+\/contents$/;

const folder = new URL('../../schema/', import.meta.url);
let tree: ReadonlyMap<string, Node> | undefined;
let cut: OpenApiCut | undefined;

/**
 * The operation of GitHub's REST API that a method and path address, over all of GitHub, served here or not. A
 * query string is ignored. Literal segments beat parameters; the paths of files, refs and branches take slashes,
 * plain or percent-encoded. The files of a repository's root are also at `/contents`, without the slash that the
 * description writes. Undefined if GitHub documents no such path.
 */
export function matchOperation(method: string, path: string): MatchedOperation | undefined {
  tree ??= readTree();
  const root = tree.get(method.toUpperCase());
  const [asked = ''] = path.split('?');
  const plain = ROOT_FOLDER.test(asked) ? `${asked}/` : asked;
  if (root === undefined || !plain.startsWith('/')) return undefined;
  return walk(root, plain.slice(1).split('/'), {});
}

/** `matchOperation` for those who only want to name what was asked. */
export function nameOperation(method: string, path: string): string | undefined {
  return matchOperation(method, path)?.operationId;
}

/** The cut operation of an id; undefined if it is not in `schema/served-operations.txt`. */
export function servedOperation(operationId: string): ServedOperation | undefined {
  const { operations } = openApiCut();
  return Object.hasOwn(operations, operationId) ? operations[operationId] : undefined;
}

/** The whole cut, read once, rewritten to JSON Schema. */
export function openApiCut(): OpenApiCut {
  if (cut === undefined) {
    const raw: OpenApiCut = JSON.parse(readFileSync(new URL('openapi.json', folder), 'utf8'));
    const operations = Object.entries(raw.operations).map(([id, one]) => [id, rewrite(one)] as const);
    cut = {
      operations: Object.fromEntries(operations),
      components: { schemas: mapSchemas(raw.components.schemas) },
    };
  }
  return cut;
}

function rewrite(operation: ServedOperation): ServedOperation {
  const responses = Object.entries(operation.responses).map(([status, schema]) => {
    return [status, schema === null ? null : toJsonSchema(schema)] as const;
  });
  return {
    ...operation,
    path_parameters: toJsonSchema(operation.path_parameters),
    query: toJsonSchema(operation.query),
    ...(operation.body && { body: toJsonSchema(operation.body) }),
    responses: Object.fromEntries(responses),
  };
}

function readTree(): ReadonlyMap<string, Node> {
  const rows: readonly (readonly [string, string, string])[] = JSON.parse(
    readFileSync(new URL('operations.json', folder), 'utf8'),
  );
  const roots = new Map<string, Node>();
  for (const [method, template, operationId] of rows) {
    let node = childOf(roots, method);
    for (const part of template.slice(1).split('/')) {
      node = childOf(part.startsWith('{') ? node.parameters : node.literals, part);
    }
    node.operationId = operationId;
  }
  return roots;
}

function childOf(children: Map<string, Node>, key: string): Node {
  const child = children.get(key) ?? { literals: new Map(), parameters: new Map() };
  children.set(key, child);
  return child;
}

function walk(
  node: Node,
  segments: readonly string[],
  params: MatchedOperation['params'],
): MatchedOperation | undefined {
  const [first, ...rest] = segments;
  if (first === undefined) {
    return node.operationId === undefined ? undefined : { operationId: node.operationId, params };
  }
  const literal = node.literals.get(first);
  const found = literal && walk(literal, rest, params);
  if (found !== undefined) return found;
  for (const [template, child] of node.parameters) {
    const many = template.startsWith('{+');
    const name = template.slice(many ? 2 : 1, -1);
    for (let taken = 1; taken <= (many ? segments.length : 1); taken += 1) {
      const text = decode(segments.slice(0, taken).join('/'));
      if (text === undefined || (text === '' && !many)) continue;
      const deeper = walk(child, segments.slice(taken), { ...params, [name]: text });
      if (deeper !== undefined) return deeper;
    }
  }
  return undefined;
}

/** Percent-decoded text; undefined if it is not valid. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
