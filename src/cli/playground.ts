import { createSystemClock } from '../app/system-clock.js';
import { createLog } from '../operate/log.js';
import { configuredSeed } from './example.js';
import { startLocal } from './local.js';
import { narrate } from './narrator.js';

const ISSUES = [8, 6, 5, 4];

/** The bot on a local GitHub, for people who want to see it before they install it. Runs until `stopped`. */
export async function playground(stopped: Promise<void>): Promise<void> {
  const print = (line: string) => void process.stdout.write(`${line}\n`);
  print(
    'No APP_ID in the environment: this is a local GitHub with an example repository. Nothing leaves this machine.',
  );
  const log = createLog({ level: 'warn', clock: createSystemClock() });
  const local = await startLocal({ port: 0, seed: configuredSeed(), log });
  const { info, world } = local.github;
  narrate(world, print);
  print(`\nada, an administrator, labels the issues ${ISSUES.map((number) => `#${number}`).join(', ')}:\n`);
  for (const number of ISSUES) {
    await ask(info.api, token(info, 'admin'), 'POST', `/repos/${info.repository}/issues/${number}/labels`, {
      labels: ['deploy-subagent'],
    });
  }
  await local.github.settle();
  print(await manual(info));
  await stopped;
  print('\nStopping.');
  await local.stop();
}

type Info = Awaited<ReturnType<typeof startLocal>>['github']['info'];

async function manual(info: Info): Promise<string> {
  const issues = `${info.api}/repos/${info.repository}/issues`;
  const tracker = await trackingIssue(info);
  const people = ['admin', 'maintainer', 'writer', 'triager', 'outsider', 'ci'] as const;
  const curl = (token: string, rest: string) => `curl -sH 'authorization: Bearer ${token}' ${rest}`;
  return [
    '',
    'Addresses',
    `  API      ${info.api}`,
    `  GraphQL  ${info.graphql}`,
    `  git      ${info.git}   (any user name, a token as the password)`,
    '',
    'Tokens',
    ...people.map((role) => `  ${role.padEnd(11)}${(info.users[role] ?? '').padEnd(9)}${token(info, role)}`),
    '',
    'Five things to try, in another terminal',
    '  1. Read the tracking issue:',
    `     ${curl(token(info, 'writer'), `${issues}/${tracker}`)} | node -p 'JSON.parse(require("fs").readFileSync(0)).body'`,
    '  2. Take a branch and push some work:',
    `     git clone -b feature/issue-8 ${info.git.replace('://', `://x:${token(info, 'writer')}@`)} market-8`,
    '     cd market-8 && echo done > work.txt && git add . && git commit -m "Work" && git push',
    '  3. Hold an issue back, then let it go on:',
    `     ${curl(token(info, 'writer'), `${issues}/8/comments -d '{"body":"/hold -- not yet"}'`)}`,
    `     ${curl(token(info, 'writer'), `${issues}/8/comments -d '{"body":"/unhold"}'`)}`,
    '  4. Make #5 wait for #6, and ask how it stands:',
    `     ${curl(token(info, 'triager'), `${issues}/5/comments -d '{"body":"/depends-on #6"}'`)}`,
    `     ${curl(token(info, 'triager'), `${issues}/5/comments -d '{"body":"/status"}'`)}`,
    '  5. Finish #8: ready, and land. Without CI or protection here, it lands a minute after the last push:',
    `     ${curl(token(info, 'writer'), `${issues}/8/comments -d '{"body":"/ready\\n/merge"}'`)}`,
    '',
    'What happens is shown here as it happens. Ctrl-C ends it.',
    '',
  ].join('\n');
}

function token(info: Info, role: keyof Info['tokens']): string {
  return info.tokens[role] ?? '';
}

async function trackingIssue(info: Info): Promise<number> {
  const path = `/repos/${info.repository}/issues?labels=subagent:tracking&state=all`;
  const found = (await ask(info.api, token(info, 'admin'), 'GET', path)) as readonly { number: number }[];
  return found[0]?.number ?? 0;
}

async function ask(
  api: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}
