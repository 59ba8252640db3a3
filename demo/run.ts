/** `npm run demo`: the whole life of four issues on a local GitHub, through public interfaces only. */
import { writeFileSync } from 'node:fs';

import { createCi } from './ci.js';
import { type Github, startGithub } from './github.js';
import { createNarrator } from './narrator.js';
import { personOf, repoOf } from './people.js';
import { createRecord, markdownOf } from './record.js';
import { reportOf } from './report.js';
import { type Stage, play } from './story.js';
import { judge } from './verdict.js';
import { type Webhooks, receiveWebhooks } from './webhooks.js';

/** How long the story may take (ms), the start included. */
const LIMIT = 55_000;

const started = Date.now();
const print = (line: string) => void process.stdout.write(`${line}\n`);

print('Four issues, from their label to main, on a local GitHub. Nothing leaves this machine.');
print('ada is admin, grace maintainer; linus may write, tove may triage. The times are GitHub’s.');
const webhooks = await receiveWebhooks();
try {
  const github = await startGithub();
  try {
    process.exitCode = (await demo(github, webhooks)) ? 0 : 1;
  } finally {
    await github.stop();
  }
} catch (error) {
  process.exitCode = 1;
  print(`\nThe demo failed: ${(error as Error).message}`);
} finally {
  webhooks.stop();
}

/** True if everything is as it should be in the end. */
async function demo(github: Github, { url, listen }: Webhooks): Promise<boolean> {
  const { info } = github;
  const repo = repoOf(info);
  const people = {
    admin: personOf(info, 'admin'),
    maintainer: personOf(info, 'maintainer'),
    writer: personOf(info, 'writer'),
    triager: personOf(info, 'triager'),
  };
  const ci = createCi(personOf(info, 'ci'), repo);
  const narrator = createNarrator(() => github.now(), print);
  const record = createRecord();
  for (const listener of [ci, narrator, record]) listen((event, payload) => listener.hear(event, payload));
  await people.admin.rest.repos.createWebhook({
    ...repo,
    config: { url, content_type: 'json' },
    events: ['issues', 'issue_comment', 'pull_request', 'pull_request_review', 'push', 'delete', 'check_run'],
  });
  const deadline = AbortSignal.timeout(LIMIT - (Date.now() - started));
  const stage: Stage = { github, repo, people, ci, narrator, deadline };

  const witnessed = { tracker: 0, refusal: { status: 0, message: 'nobody tried' }, update: 'nobody looked' };
  await play(stage, witnessed).catch((error: Error) => {
    if (!deadline.aborted) throw error;
    print(`\nNot done after ${LIMIT / 1000} s, so this is where it ends.`);
  });
  const outcome = await judge(stage, witnessed);

  const { data: final } = await people.writer.rest.issues.get({ ...repo, issue_number: witnessed.tracker });
  const seconds = Math.round((Date.now() - started) / 100) / 10;
  const report = reportOf(outcome, await github.requests(), { seconds, ciRuns: ci.runs() });
  write('tracking-issue.md', record.lastOpen());
  write('final.md', markdownOf(final));
  write('report.json', `${JSON.stringify(report, null, 2)}\n`);

  print('\nIn the end\n');
  for (const { claim, holds, found } of outcome.checks) print(`  ${holds ? '✅' : '❌'} ${claim}: ${found}`);
  const { read = 0, write: written = 0 } = report.requests.byKind;
  print(`\n${seconds} s, ${report.requests.total} requests by the bot (${read} reads, ${written} writes).`);
  print('demo/tracking-issue.md, demo/final.md and demo/report.json hold the rest.');
  return report.succeeded;
}

function write(name: string, text: string): void {
  writeFileSync(new URL(`../${name}`, import.meta.url), text);
}
