/** Values as YAML on one line, for programs: what they read is exactly the value, whatever people have written. */

export type YamlValue =
  string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/**
 * The value in YAML's flow style, on one line. Texts that a reader of any version of YAML could take for something else
 * stand in double quotes, and what nobody sees in them stands there as its code. Keys have to be plain words.
 */
export function yamlFlow(value: YamlValue): string {
  if (typeof value === 'string') return PLAIN.test(value) && !WORD.test(value) ? value : quoted(value);
  if (isList(value)) return `[${value.map(yamlFlow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${key}: ${yamlFlow(inner)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

/** Begins like a word, so it is no number and no date; has nothing in it that flow style reads. */
const PLAIN = /^\.?[A-Za-z](?:[\w./ -]*[\w./-])?$/;
/** Words that YAML 1.1 or 1.2 reads as something else than text. */
const WORD = /^(?:y|n|yes|no|on|off|true|false|null|\.nan|\.inf)$/i;

/** What is not seen, is white space other than a space, or ends or escapes what is quoted. */
const CODED = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]|\p{Default_Ignorable_Code_Point}|["\\]/gu;

function quoted(text: string): string {
  return `"${text.replace(CODED, coded)}"`;
}

function coded(sign: string): string {
  if (sign === '"' || sign === '\\') return `\\${sign}`;
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** `Array.isArray` does not narrow lists that are read only. */
function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}
