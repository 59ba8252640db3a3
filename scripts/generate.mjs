#!/usr/bin/env node
/**
 * Writes what is made from the code: docs/commands.md, docs/configuration.md and schema/subagents.schema.json.
 * Needs the build (`npm run build`). With --check nothing is written, and stale files end it with exit code 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { renderCommandsDoc } from '../dist/core/commands/docs.js';
import { configurationPage, configurationSchema } from './configuration-page.mjs';

const isCheck = process.argv.includes('--check');
const root = new URL('../', import.meta.url);
const SCHEMA = 'schema/subagents.schema.json';

const files = {
  'docs/commands.md': renderCommandsDoc(),
  'docs/configuration.md': configurationPage(),
  [SCHEMA]: await format(JSON.stringify(configurationSchema()), {
    ...(await resolveConfig(new URL(SCHEMA, root))),
    parser: 'json',
  }),
};

const stale = Object.entries(files).filter(([path, text]) => read(path) !== text);
for (const [path, text] of stale) {
  if (isCheck) console.error(`${path} is stale: run npm run generate`);
  else write(path, text);
}
if (isCheck && stale.length > 0) process.exitCode = 1;
else
  console.log(
    `${Object.keys(files).length} generated files, ${isCheck ? 'none stale' : `${stale.length} written`}`,
  );

/** The file's text; undefined if there is none. */
function read(path) {
  try {
    return readFileSync(new URL(path, root), 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function write(path, text) {
  const url = new URL(path, root);
  mkdirSync(new URL('.', url), { recursive: true });
  writeFileSync(url, text);
}
