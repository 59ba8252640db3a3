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
  const lines = linesOf(text);
  const located = findings(settingsSchema, parsed.error, yaml.value).map(({ path, message }): Problem => {
    const line = yaml.lineOf(path);
    return { path: showPath(path), line, message: withComment(message, lines[line - 1] ?? '') };
  });
  const problems = located.sort((a, b) => a.line - b.line);
  const last = problems[MAX_PROBLEMS - 1];
  if (problems.length <= MAX_PROBLEMS || last === undefined) return { ok: false, problems };
  const more = problems.length - MAX_PROBLEMS + 1;
  return {
    ok: false,
    problems: [
      ...problems.slice(0, MAX_PROBLEMS - 1),
      { ...last, message: `this and ${more - 1} more problems` },
    ],
  };
}

/** `issue: #5` says nothing, since the rest is a comment. */
function withComment(message: string, line: string): string {
  const isComment = message.includes('got nothing') && /[:-]\s+#/.test(line);
  return isComment ? `${message}; what follows \`#\` is a comment` : message;
}
