/** docs/configuration.md and the JSON Schema for editors, both made from the schema of the settings file. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { defaultSettings, settingsSchema } from '../dist/core/settings/schema.js';

const packageJson = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Read and checked already, with an effect only in a later version. */
const WITHOUT_EFFECT = ['start', 'ready', 'runner'];

/** JSON Schema of the file as people write it. What only code can check (names that git allows, time zones) is not in it. */
export function configurationSchema() {
  const { $schema, ...schema } = z.toJSONSchema(settingsSchema, { io: 'input' });
  return { $schema, title: 'Yardmaster: .github/subagents.yml', ...schema };
}

/**
 * How editors get the JSON Schema: from the repository that `package.json` names, if that is on GitHub; else from a copy,
 * whose path is taken from where the settings file is.
 *
 * @param repository that of package.json, if it has one
 */
function editorLines(repository) {
  const url = typeof repository === 'string' ? repository : repository?.url;
  const [, name] = /github(?:\.com[/:]|:)([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(url ?? '') ?? [];
  const [how, address] =
    name === undefined
      ? [
          'Editors that know YAML schemas check the file as you type, with a copy of `schema/subagents.schema.json` beside it in\n`.github/` and this as its first line:',
          './subagents.schema.json',
        ]
      : [
          'Editors that know YAML schemas check the file as you type, with this as its first line:',
          `https://raw.githubusercontent.com/${name}/main/schema/subagents.schema.json`,
        ];
  return [how, '', '```yaml', `# yaml-language-server: $schema=${address}`, '```'];
}

/** The page: one table row for each key. */
export function configurationPage() {
  const { properties } = configurationSchema();
  const rows = Object.entries(properties).flatMap(([key, schema]) => rowsOf(key, schema, [key]));
  return [
    '# Configuration',
    '',
    'This page is made from `src/core/settings/`; change it there.',
    '',
    'The file is `.github/subagents.yml` on the default branch. It may be missing, and so may every key. Unknown keys are',
    'errors, so are aliases and keys that are there twice. The file may have 64 KiB.',
    '',
    'While the file is invalid, its last valid version stays in force for the gates (of the last ten), and nothing new is',
    'deployed or landed. The tracking issue says what is wrong and on which line. If no version was valid, the gates of the',
    'deployment fail until the file is mended.',
    '',
    "A repository without the file takes the owner's default: `.github/subagents.yml` on the default branch of the owner's repository",
    "`.github`, an organisation's or a person's. The file of a repository holds as a whole: no key is taken from the default as well.",
    'A default alone makes no repository one that the App works in, and a push to it reaches the other repositories at their next',
    'look, which is every 5 minutes where work is open and every 30 elsewhere. The App sees a private `.github` only if it is installed',
    'there, too; where GitHub says that there is none, there is no default. If GitHub refuses the default, or answers in part, nothing',
    'is planned in a repository without a file of its own until it can be read. A repository that was `.github` once, and has another',
    'name or owner today, is no default.',
    '',
    'A pull request that changes the file gets the check run `subagents-config`: it fails with a word on each line that is wrong, and',
    'keeps nothing from merging, nor the app from landing it. Do not require it: other pull requests do not get it. One that',
    'renames the file away gets none either, since GitHub lists only its new path. The names `subagents-config` and that of `gate.name`',
    'are reserved: a check of theirs by another App counts as one of this App, so it holds no landing, however it ends.',
    '',
    ...editorLines(packageJson.repository),
    '',
    'A dagger (†) marks what this version reads and checks, and does not act on yet.',
    '',
    '| key | default | meaning |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function rowsOf(key, schema, path) {
  const { description = '', properties } = schema;
  if (properties !== undefined) {
    return Object.entries(properties).flatMap(([name, inner]) =>
      rowsOf(`${key}.${name}`, inner, [...path, name]),
    );
  }
  const row = `| \`${key}\`${mark(key)} | ${shownDefault(schema, path)} | ${cell(description)} |`;
  return [row, ...itemRows(key, schema.items)];
}

/** The keys of a list's entries. */
function itemRows(key, items) {
  const entry = [items, ...(items?.anyOf ?? [])].find((one) => one?.properties !== undefined);
  if (entry === undefined) return [];
  const required = entry.required ?? [];
  return Object.entries(entry.properties).map(([name, { default: value, description = '' }]) => {
    const shown = required.includes(name) ? 'required' : code(value);
    return `| \`${key}[].${name}\`${mark(key)} | ${shown} | ${cell(description)} |`;
  });
}

function mark(key) {
  return WITHOUT_EFFECT.some((name) => key === name || key.startsWith(`${name}.`)) ? ' †' : '';
}

/** As it is written in the file; where reading changes a value, only the settings have its default. */
function shownDefault(schema, path) {
  if (schema.default !== undefined) return code(schema.default);
  const value = path.reduce((settings, name) => settings?.[name], defaultSettings());
  return typeof value === 'string' || Array.isArray(value) ? code(value) : '';
}

function code(value) {
  if (value === undefined) return '';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}
