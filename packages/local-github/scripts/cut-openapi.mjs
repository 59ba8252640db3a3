#!/usr/bin/env node
/**
 * Cuts GitHub's OpenAPI description down to what the local GitHub checks itself against.
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz package/generated/api.github.com.json
 *   node packages/local-github/scripts/cut-openapi.mjs package/generated/api.github.com.json
 *
 * The package is 394 MB unpacked, so it is never a dependency; what this script writes is committed:
 *
 * - schema/operations.json: [method, path, operationId] of every operation of GitHub. A parameter that may hold
 *   slashes is written {+name}, as in RFC 6570.
 * - schema/openapi.json: the operations of schema/served-operations.txt (parameters as one object schema a place)
 *   and the components they need, without prose. Equal input gives equal bytes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { referencedSchemas, stripProse } from './strip-prose.mjs';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const folder = new URL('../schema/', import.meta.url);

const source = process.argv[2];
if (source === undefined) {
  process.stderr.write('usage: cut-openapi.mjs <path to api.github.com.json>\n');
  process.exit(2);
}
const description = JSON.parse(readFileSync(source, 'utf8'));
const all = operations();
const served = readFileSync(new URL('served-operations.txt', folder), 'utf8').split('\n').filter(Boolean);

write(
  'operations.json',
  lines(
    '[',
    all.map(({ method, template, id }) => JSON.stringify([method, template, id])),
    ']',
  ),
);
const cut = Object.fromEntries(served.toSorted(compare).map((id) => [id, cutOperation(id)]));
const schemas = neededSchemas(cut);
write(
  'openapi.json',
  `{"source":${JSON.stringify(`GitHub REST API ${description.info.version}`)},\n` +
    `${lines('"operations":{', entries(cut), '}').trimEnd()},\n` +
    `${lines('"components":{"schemas":{', entries(schemas), '}}')}}\n`,
);
process.stdout.write(
  `${all.length} operations named, ${served.length} cut with ${Object.keys(schemas).length} schemas\n`,
);

/** Every operation; paths with a segment that is only partly a parameter (an alias made by Octokit) are left out. */
function operations() {
  const found = [];
  for (const [path, item] of Object.entries(description.paths)) {
    if (path.split('/').some((part) => part.includes('{') && !/^\{[^{}]+\}$/.test(part))) continue;
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const parameters = (operation.parameters ?? []).map((parameter) => resolve(parameter));
      const long = new Set(
        parameters.filter((p) => p.in === 'path' && p['x-multi-segment']).map((p) => p.name),
      );
      const template = path.replace(/\{([^{}]+)\}/g, (whole, name) =>
        long.has(name) ? `{+${name}}` : whole,
      );
      found.push({
        method: method.toUpperCase(),
        template,
        id: operation.operationId,
        operation,
        parameters,
      });
    }
  }
  return found;
}

function cutOperation(id) {
  const found = all.find((one) => one.id === id);
  if (found === undefined) throw new Error(`served-operations.txt: GitHub has no operation ${id}`);
  const body = resolve(found.operation.requestBody);
  const responses = Object.entries(found.operation.responses).map(([status, answer]) => [
    status,
    content(answer),
  ]);
  return {
    method: found.method,
    path: found.template,
    path_parameters: parameterSchema(found, 'path'),
    query: parameterSchema(found, 'query'),
    ...(body && { body_required: body.required === true, body: content(body) }),
    responses: Object.fromEntries(responses),
  };
}

/** The parameters of one place as one object schema. */
function parameterSchema(found, place) {
  const here = found.parameters.filter((parameter) => parameter.in === place);
  const required = here.filter((parameter) => parameter.required === true).map((parameter) => parameter.name);
  return {
    type: 'object',
    properties: Object.fromEntries(here.map((parameter) => [parameter.name, stripProse(parameter.schema)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  };
}

/** The JSON schema of a request body or an answer; null = no content. */
function content(holder) {
  const types = resolve(holder).content ?? {};
  const chosen = types['application/json'] ?? Object.values(types)[0];
  return chosen?.schema === undefined ? null : stripProse(chosen.schema);
}

/** The components that the operations reach, directly and through each other. */
function neededSchemas(root) {
  const needed = new Map();
  const queue = referencedSchemas(root);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (needed.has(name)) continue;
    const schema = stripProse(description.components.schemas[name]);
    needed.set(name, schema);
    queue.push(...referencedSchemas(schema));
  }
  return Object.fromEntries([...needed].sort(([a], [b]) => compare(a, b)));
}

function resolve(node) {
  if (node?.$ref === undefined) return node;
  return resolve(
    node.$ref
      .slice(2)
      .split('/')
      .reduce((at, key) => at[key], description),
  );
}

function entries(record) {
  return Object.entries(record).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
}

/** One item a line, so that a new cut shows as a readable difference. */
function lines(open, items, close) {
  return `${open}\n${items.join(',\n')}\n${close}\n`;
}

function write(name, text) {
  writeFileSync(new URL(name, folder), text);
}

function compare(a, b) {
  return a < b ? -1 : 1;
}
