import { type Names, type Sentence, sentenceOf } from './sentences.js';
import type { Payload } from './webhooks.js';

export interface Narrator {
  hear(event: string, payload: Payload): void;
  /** Says something that no webhook says. */
  say(who: string, what: string): void;
  /** Begins a part of the story. */
  chapter(title: string): void;
  /** Prints what was heard since the last time: what one did to several things is one line. */
  flush(): void;
}

interface Line extends Sentence {
  readonly at: Date;
}

/** Tells in plain sentences who did what and when, mostly from the repository's webhooks. */
export function createNarrator(now: () => Date, print: (line: string) => void): Narrator {
  const heard = new Map<string, Line[]>();
  const names: Names = { byBranch: new Map(), bySha: new Map() };
  /** The last verdict of the gate on each pull request. */
  const verdicts = new Map<string, string>();

  function tell(at: Date, who: string, what: string): void {
    print(`  ${at.toISOString().slice(11, 19)}  ${who.padEnd(12)}${what}`);
  }

  function flush(): void {
    for (const [first, ...others] of heard.values()) {
      if (first === undefined) continue;
      const things = [first, ...others].map(({ what }) => what).join(', ');
      tell(first.at, first.who, `${first.did} ${things}`);
    }
    heard.clear();
  }

  return {
    hear(event, payload) {
      learn(names, payload);
      const sentence = sentenceOf(event, payload, names);
      if (sentence === null) return;
      const { who, did, what } = sentence;
      if (event === 'check_run' && payload.check_run?.name !== 'ci') {
        if (verdicts.get(what) === did) return;
        verdicts.set(what, did);
      }
      const key = `${who} ${did}`;
      heard.set(key, [...(heard.get(key) ?? []), { ...sentence, at: now() }]);
    },
    say(who, what) {
      flush();
      tell(now(), who, what);
    },
    chapter(title) {
      flush();
      print(`\n${title}\n`);
    },
    flush,
  };
}

function learn({ byBranch, bySha }: Names, { pull_request: pull, ref, after }: Payload): void {
  if (pull !== undefined) {
    byBranch.set(pull.head.ref, pull.number);
    bySha.set(pull.head.sha, pull.number);
  }
  const pushed = byBranch.get(ref?.replace('refs/heads/', '') ?? '');
  if (pushed !== undefined && after !== undefined) bySha.set(after, pushed);
}
