/** What a schema of OpenAPI 3.0 says to a machine; everything else (descriptions, examples, titles, x-…) is prose. */
const PLAIN = [
  '$ref',
  'type',
  'nullable',
  'enum',
  'format',
  'pattern',
  'required',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
];

/** The schema without prose. It walks by keyword, since a property may itself be called `description`. */
export function stripProse(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  const out = {};
  for (const key of PLAIN) if (schema[key] !== undefined) out[key] = schema[key];
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    if (schema[key] !== undefined) out[key] = schema[key].map((one) => stripProse(one));
  }
  for (const key of ['not', 'items', 'additionalProperties']) {
    if (schema[key] !== undefined) out[key] = stripProse(schema[key]);
  }
  if (schema.properties !== undefined) {
    const properties = Object.entries(schema.properties);
    out.properties = Object.fromEntries(properties.map(([name, value]) => [name, stripProse(value)]));
  }
  return out;
}

/** The names of the components that a stripped schema refers to. */
export function referencedSchemas(node) {
  if (typeof node !== 'object' || node === null) return [];
  if (typeof node.$ref === 'string') return [node.$ref.slice('#/components/schemas/'.length)];
  return Object.values(node).flatMap((child) => referencedSchemas(child));
}
