/** The part of JSON Schema and of OpenAPI 3.0 that GitHub's descriptions use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
}

/**
 * A schema of OpenAPI 3.0 or 3.1 as JSON Schema.
 *
 * - `nullable` becomes the type null; beside a reference or alternatives it becomes one more alternative.
 * - `oneOf` becomes `anyOf`: GitHub's alternatives overlap (a file and a symbolic link have the same keys), so
 *   "exactly one" would refuse GitHub's own examples.
 */
export function toJsonSchema(schema: Schema): Schema {
  const { nullable, ...rest } = schema;
  const strict = withoutNull(rest);
  if (nullable !== true) return strict;
  if (typeof strict.type !== 'string' || strict.anyOf !== undefined || strict.allOf !== undefined) {
    return { anyOf: [strict, { type: 'null' }] };
  }
  const type = [strict.type, 'null'];
  return strict.enum === undefined ? { ...strict, type } : { ...strict, type, enum: withNull(strict.enum) };
}

function withNull(values: readonly unknown[]): readonly unknown[] {
  return values.includes(null) ? values : [...values, null];
}

function withoutNull(schema: Schema): Schema {
  if (schema.$ref !== undefined) return { $ref: schema.$ref };
  const { oneOf, ...rest } = schema;
  const alternatives = rest.anyOf ?? oneOf;
  return {
    ...rest,
    ...(alternatives && { anyOf: alternatives.map((one) => toJsonSchema(one)) }),
    ...(rest.allOf && { allOf: rest.allOf.map((one) => toJsonSchema(one)) }),
    ...(rest.not && { not: toJsonSchema(rest.not) }),
    ...(rest.items && { items: toJsonSchema(rest.items) }),
    ...(rest.properties && { properties: mapSchemas(rest.properties) }),
    ...(typeof rest.additionalProperties === 'object' && {
      additionalProperties: toJsonSchema(rest.additionalProperties),
    }),
  };
}

/** `toJsonSchema` of every schema in a record. */
export function mapSchemas(schemas: Readonly<Record<string, Schema>>): Record<string, Schema> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema)]));
}

/** Whether a schema lets a value of this JSON type through; a schema without `type` lets all through. */
export function acceptsType(schema: Schema, type: string): boolean {
  if (schema.type === undefined) return true;
  return typeof schema.type === 'string' ? schema.type === type : schema.type.includes(type);
}
