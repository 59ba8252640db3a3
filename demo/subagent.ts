/**
 * A subagent: a process that clones the branch of its issue, reads its task, does the work and pushes it.
 * Usage: node subagent.js <issue> <address with token> <folder>
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { WORK } from './work.js';

const [issue = '', address = '', folder = ''] = process.argv.slice(2);
const work = WORK[Number(issue)];
if (work === undefined) throw new Error(`No subagent knows how to do issue ${issue}.`);

git('.', 'clone', '--quiet', '--branch', `feature/issue-${issue}`, address, folder);
git(folder, 'config', 'user.name', `Subagent of issue ${issue}`);
git(folder, 'config', 'user.email', `subagent-${issue}@example.com`);

const task = readFileSync(join(folder, '.agents', `subagent_issue_${issue}.md`), 'utf8');
if (!task.includes(`#${issue}`))
  throw new Error(`The task file on the branch is not that of issue ${issue}.`);

for (const { file, from, to } of work.edits) {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${file} is not as the subagent of issue ${issue} expects it.`);
  writeFileSync(path, text.replace(from, to));
}
for (const [file, text] of Object.entries(work.files)) writeFileSync(join(folder, file), text);

git(folder, 'add', '--all');
git(folder, 'commit', '--quiet', '--message', work.message);
git(folder, 'push', '--quiet', 'origin', 'HEAD');

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
