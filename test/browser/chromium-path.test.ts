import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { chromiumPath } from './chromium-path.js';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browser-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function install(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, 0o755);
  return path;
}

describe('the browser', () => {
  test('is found under its usual names, Chromium first', () => {
    const chrome = install('google-chrome');
    expect(chromiumPath({ PATH: `/nowhere:${folder}` })).toBe(chrome);
    const chromium = install('chromium');
    expect(chromiumPath({ PATH: `/nowhere:${folder}` })).toBe(chromium);
  });

  test('is the one that CHROMIUM_PATH names', () => {
    install('chromium');
    const own = install('mine');
    expect(chromiumPath({ PATH: folder, CHROMIUM_PATH: own })).toBe(own);
  });

  test('that is not there is asked for, with what to install', () => {
    expect(() => chromiumPath({ PATH: `${folder}:` })).toThrow(
      /^There is no Chromium here\. Install it .*chromium\)/,
    );
    expect(() => chromiumPath({})).toThrow(/^There is no Chromium here\./);
    install('chromium');
    expect(() => chromiumPath({ PATH: folder, CHROMIUM_PATH: '/nowhere/chromium' })).toThrow(
      'CHROMIUM_PATH is /nowhere/chromium, and there is no such file',
    );
  });
});
