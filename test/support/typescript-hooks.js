import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

import { transform } from '@swc/core';

const LOCAL_GITHUB = new URL('../../packages/local-github/src/index.ts', import.meta.url).href;

/** A hook of Node: where a module is. The sources are meant, not what was built of them: the same as in jest.config.js. */
export function resolve(specifier, context, next) {
  if (specifier === '@yardmaster/local-github') return { url: LOCAL_GITHUB, shortCircuit: true };
  const isSource = context.parentURL?.endsWith('.ts') && specifier.startsWith('.');
  return next(isSource ? specifier.replace(/\.js$/, '.ts') : specifier, context);
}

/** A hook of Node: what a module says. */
export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
