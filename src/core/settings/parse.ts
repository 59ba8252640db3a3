import type { Problem } from './problems.js';
import { findings, showPath } from './problems.js';
import type { Settings } from './schema.js';
import { defaultSettings, settingsSchema } from './schema.js';
import { parseYaml } from './yaml.js';
import { linesOf } from './yaml-places.js';

export type SettingsResult =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** So that the problems of a file fit into one check run's annotations (GitHub takes 50 in a request). */
const MAX_PROBLEMS = 50;

/**
 * Reads a settings file. Empty: the defaults. Anything wrong with it: nothing of it holds, and every problem says
 * where it is and how to mend it, in the order of the file. Never throws.
 */
export function parseSettings(text: string): SettingsResult {
  const yaml = parseYaml(text);
  if (!yaml.ok)
    return { ok: false, problems: [{ path: showPath(yaml.path), line: yaml.line, message: yaml.message }] };
  if (yaml.value === undefined) return { ok: true, settings: defaultSettings() };
  const parsed = settingsSchema.safeParse(yaml.value);
  if (parsed.success) return { ok: true, settings: parsed.data };
  const located = findings(settingsSchema, parsed.error, yaml.value)
    .map((finding) => ({ ...finding, line: yaml.lineOf(finding.path) }))
    .sort((one, other) => one.line - other.line);
  const lines = linesOf(text);
  const isAll = located.length <= MAX_PROBLEMS;
  const problems = located
    .slice(0, isAll ? MAX_PROBLEMS : MAX_PROBLEMS - 1)
    .map(({ path, line, message }) => ({
      path: showPath(path),
      line,
      message: withComment(message(), lines[line - 1] ?? ''),
    }));
  const last = located[MAX_PROBLEMS - 1];
  if (isAll || last === undefined) return { ok: false, problems };
  const more = located.length - MAX_PROBLEMS;
  const message = `this and ${more} more problems`;
  return { ok: false, problems: [...problems, { path: showPath(last.path), line: last.line, message }] };
}

/** `issue: #5` says nothing, since the rest is a comment. */
function withComment(message: string, line: string): string {
  const isComment = message.includes('got nothing') && /[:-]\s+#/.test(line);
  return isComment ? `${message}; what follows \`#\` is a comment` : message;
}
