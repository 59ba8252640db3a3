/** Wrong files as people write them, and what they are told: the line, the key, what is wrong and how to mend it. */

/** What it is, the file, and each problem as `line path: message`. */
export const WRONG: readonly (readonly [what: string, text: string, ...told: string[]])[] = [
  [
    'the name of the check on this file for the gate',
    'gate: { name: Subagents-config }',
    '1 gate.name: expected another name than that of the check on this file; got text `Subagents-config`',
  ],
  ['an unknown key', 'lables: {}\n', '1 lables: unknown key `lables`. Did you mean `labels`?'],
  [
    'an unknown key inside',
    'merge:\n  metod: squash\n',
    '2 merge.metod: unknown key `metod` in `merge`. Did you mean `method`?',
  ],
  [
    'an unknown key in a list',
    'stakeholders:\n  - name: QA\n    mentoin: qa\n',
    '3 stakeholders[0].mentoin: unknown key `mentoin` in `stakeholders[]`. Did you mean `mention`?',
  ],
  [
    'a key with an underscore',
    'task_file:\n  keep: true\n',
    '1 task_file: unknown key `task_file`. Did you mean `task-file`?',
  ],
  [
    'a key in camel case',
    'mergeMethod: squash\n',
    '1 mergeMethod: unknown key `mergeMethod`. Did you mean `merge.method`?',
  ],
  [
    'a key that belongs in a mapping',
    'method: squash\n',
    '1 method: unknown key `method`. Did you mean `merge.method`?',
  ],
  [
    'a key of another mapping',
    'merge:\n  overlaps: note\n',
    '2 merge.overlaps: unknown key `overlaps` in `merge`. Did you mean `gate.overlaps`?',
  ],
  [
    'no space behind a colon',
    'base:main\n',
    '1 : expected a mapping (`key: value`); got text `base:main`: a space is missing behind the colon',
  ],
  [
    'no space behind a colon, inside',
    'base: main\nmerge:\n  when:command\n',
    '2 merge: expected a mapping (`key: value`); got text `when:command`: a space is missing behind the colon',
  ],
  [
    'too much indentation',
    'merge:\n  when: command\n   method: squash\n',
    '3 : the indentation is wrong: what belongs together begins in the same column',
  ],
  [
    'too little indentation',
    'merge:\n    when: command\n  method: squash\n',
    '3 : the indentation is wrong: what belongs together begins in the same column',
  ],
  [
    'a double quote that is not closed',
    'title: "Fix {number}\nbase: main\n',
    '1 : the quote that opens here is not closed',
  ],
  [
    'a single quote that is not closed',
    "title: 'Fix {number}\nbase: main\n",
    '1 : the quote that opens here is not closed',
  ],
  [
    'a colon in a text',
    'title: Fix: Issue #{number}\n',
    '1 : a text with a colon and a space in it needs quotes',
  ],
  ['a text that begins with a brace', 'branch: {number}/x\n', '1 : a text that begins with `{` needs quotes'],
  [
    'a placeholder without quotes',
    'branch: {number}\n',
    '1 branch: expected text; got a mapping: a text that begins with `{` needs quotes',
  ],
  [
    'a text that begins with a star',
    'gate:\n  ignore:\n    - **/lock\n',
    '3 : a text that begins with `*` needs quotes; an alias (`*name`) is not allowed: write the value out',
  ],
  [
    'a text that begins with a percent sign',
    'notes:\n  - %done\n',
    '2 : a text that begins with `%` needs quotes',
  ],
  [
    'a text that begins with an ampersand',
    'notes:\n  - & b\n',
    '2 : a text that begins with `&` needs quotes',
  ],
  [
    'a text that begins with an exclamation mark',
    'notes:\n  - !important\n',
    '2 : a text that begins with `!` needs quotes; a tag (`!name`) is not allowed',
  ],
  [
    'a text that begins with a hash',
    'title: #{number} {title}\n',
    '1 title: expected text; got nothing: fill it in, or remove the key; what follows `#` is a comment',
  ],
  ['a tab for indentation', 'merge:\n\twhen: command\n', '2 : indent with spaces: tabs are not allowed'],
  ['a byte order mark before an error', '﻿base: 3\n', '1 base: expected text; got `3`: put it in quotes'],
  [
    'line ends of Windows',
    'base: main\r\nmerge:\r\n  method: sqash\r\n',
    '3 merge.method: expected one of `auto`, `fast-forward`, `squash`, `rebase`, `merge`, `queue`; got text `sqash`. Did you mean `squash`?',
  ],
  ['not UTF-8', 'base: caf�\n', '1 : expected UTF-8: save the file in that encoding'],
  ['a null byte', 'base: a\u0000b\n', '1 : expected text, got the control character U+0000: remove it'],
  [
    'a control character',
    'notes: ["a\u0007b"]\n',
    '1 : expected text, got the control character U+0007: remove it',
  ],
  ['a text at the top', 'subagents\n', '1 : expected a mapping (`key: value`); got text `subagents`'],
  ['a list at the top', '- base: main\n', '1 : expected a mapping (`key: value`); got a list of 1'],
  ['nested too deep', `a: ${'['.repeat(50)}${']'.repeat(50)}`, '1 : it is nested more than 12 levels deep'],
  ['too large', `# ${'x'.repeat(64 * 1024)}`, '1 : the file is larger than 64 KiB'],
  [
    'booleans for texts',
    'notes: [yes, no, true, null]\n',
    '1 notes[2]: expected text; got `true`: put it in quotes',
    '1 notes[3]: expected text; got nothing: fill it in, or remove the key',
  ],
  [
    '`yes` for a boolean',
    'merge:\n  self-approval: yes\n',
    '2 merge.self-approval: expected `true` or `false`; got text `yes`. Did you mean `true`?',
  ],
  [
    'a text for a list',
    'references: AGENTS.md\n',
    '1 references: expected a list (`- entry`); got text `AGENTS.md`',
  ],
  [
    'a mapping for a list',
    'phases:\n  name: A\n  duration: 1h\n',
    '1 phases: expected a list (`- entry`); got a mapping',
  ],
  [
    'a list for a mapping',
    'merge:\n  - method: squash\n',
    '1 merge: expected a mapping (`key: value`); got a list of 1',
  ],
  [
    'a text for a mapping',
    'merge: squash\n',
    '1 merge: expected a mapping (`key: value`); got text `squash`',
  ],
  [
    'an abbreviated time zone',
    'sync: { timezone: CEST }\n',
    '1 sync.timezone: expected the name of a time zone, like `Europe/Berlin` or `UTC`; got text `CEST`',
  ],
  [
    'an old abbreviated time zone',
    'sync: { timezone: PST }\n',
    '1 sync.timezone: expected the name of a time zone, like `Europe/Berlin` or `UTC`; got text `PST`',
  ],
  [
    'another old abbreviated time zone',
    'sync: { timezone: BST }\n',
    '1 sync.timezone: expected the name of a time zone, like `Europe/Berlin` or `UTC`; got text `BST`',
  ],
  [
    'a key that is there twice',
    'base: a\nbase: b\n',
    '2 base: this key is there twice, first on line 1: keep one of them',
  ],
  [
    'a key that is there twice, inside',
    'merge:\n  when: command\n  method: squash\n  when: approved\n',
    '4 merge.when: this key is there twice, first on line 2: keep one of them',
  ],
  [
    'a merge key with an alias',
    'a: &a {x: 1}\nmerge:\n  <<: *a\n',
    '3 : a text that begins with `*` needs quotes; an alias (`*name`) is not allowed: write the value out',
  ],
  [
    'a merge key',
    'merge:\n  <<: {when: command}\n',
    '2 merge.<<: unknown key `<<` in `merge`. Merging of mappings is not allowed: write the keys out.',
  ],
  [
    'two documents',
    'base: a\n---\nbase: b\n',
    '2 : the file ends here for YAML (`---` or `...`): expected one document, got several',
  ],
  [
    'text behind the end',
    'base: a\n...\nmore\n',
    '2 : the file ends here for YAML (`---` or `...`): expected one document, got several',
  ],
  ['a bracket closed by another', 'allow: {roles: [write}\n', '1 : a comma or a closing bracket is missing'],
  [
    'a bracket that is not closed',
    'merge: { when: command\n',
    '1 : the bracket that opens here is not closed',
  ],
  [
    'a text on several lines',
    'title: |\n  Fix {number}\n',
    '1 title: expected text on one line; got text `Fix {number}`',
  ],
  ['a number for a text', 'base: 0123\n', '1 base: expected text; got `123`: put it in quotes'],
  [
    'infinity',
    'runner: { max-running: .inf }\n',
    '1 runner.max-running: expected a whole number; got `Infinity`',
  ],
  [
    'a number too small',
    'runner: { max-running: 0 }\n',
    '1 runner.max-running: expected at least 1; got `0`',
  ],
  [
    'the number of an issue with a hash',
    'risks: [{risk: a, mitigation: b, issue: "#5"}]\n',
    '1 risks[0].issue: expected the number of an issue (like `5`) or `all`; got text `#5`',
  ],
  [
    'the number of an issue that is a comment',
    'risks:\n  - risk: a\n    mitigation: b\n    issue: #5\n',
    '4 risks[0].issue: expected the number of an issue (like `5`) or `all`; got nothing; what follows `#` is a comment',
  ],
  [
    'a list too long',
    `phases:\n${Array.from({ length: 21 }, (_, index) => `  - { name: P${index}, duration: 1h }\n`).join('')}`,
    '1 phases: expected at most 20 entries; got a list of 21',
  ],
  [
    'a text too long',
    `notes: ["${'x'.repeat(501)}"]\n`,
    '1 notes[0]: expected at most 500 characters; got 501: text `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`',
  ],
  ['a text of spaces', 'notes: ["  "]\n', '1 notes[0]: expected text on one line; got empty text'],
  [
    'an unknown event',
    'stakeholders: [{name: A, when: [merge]}]\n',
    '1 stakeholders[0].when[0]: expected one of `deployed`, `ready`, `failing`, `conflict`, `merged`, `complete`; got text `merge`. Did you mean `merged`?',
  ],
  ['an empty name of a branch', 'base: ""\n', '1 base: it must not be empty; got empty text'],
  [
    'a comment for a value',
    'stale-after: # how long\n',
    '1 stale-after: expected a duration with its unit, like `60s`, `30min` or `1.5 h`, from 10min to 90d; got nothing: fill it in, or remove the key; what follows `#` is a comment',
  ],
  [
    'a duration of two units',
    'stale-after: 1h30m\n',
    '1 stale-after: expected a duration with its unit, like `60s`, `30min` or `1.5 h`, from 10min to 90d; got text `1h30m`',
  ],
  [
    'a missing key',
    'phases:\n  - name: A\n',
    '2 phases[0].duration: it is missing: expected `effort`, or a duration or range with its unit, like `30min`, `4-6h` or `1.5 h`',
  ],
  [
    'an entry that is there twice',
    'phases:\n  - {name: A, duration: 1h}\n  - {name: a, duration: 2h}\n',
    '3 phases[1]: it is in the list twice, first as entry 1',
  ],
  ['JSON without a comma', '{"base": "main" "x": 1}\n', '1 : a comma or a closing bracket is missing'],
  [
    'a page of HTML',
    '<html>\n<body>404: Not found</body>\n',
    '1 : expected `key: value`, with a space behind the colon',
  ],
  [
    'the marks of a merge conflict',
    'merge:\n<<<<<<< HEAD\n  when: command\n=======\n  when: approved\n>>>>>>> b\n',
    '2 : the marks of a merge conflict are still there: resolve it',
  ],
  [
    'text behind a quote',
    'title: "Fix" {number}\n',
    '1 : there is something behind the closing quote: put all of the text in quotes',
  ],
  [
    'a key without a colon at the end',
    'base: main\nmerge\n',
    '2 : expected `key: value`, with a space behind the colon',
  ],
  [
    'a key without a colon',
    'merge\n  when: command\n',
    '1 : expected `key: value`, with a space behind the colon',
  ],
  [
    'no space behind a dash',
    'notes:\n  -one\n  -two\n',
    '1 notes: expected a list (`- entry`); got text `-one -two`: a space is missing behind the dash',
  ],
  [
    'a backslash in quotes',
    'title: "\\d {number}"\n',
    '1 : in double quotes a backslash must be written twice; in single quotes once',
  ],
  [
    'a number for a key',
    '1: a\ntrue: b\n',
    '1 1: unknown key `1`. Known here: `labels`, `base`, `branch`, `worktree`, `title`, `task-file`, `references`, `allow`, `commands`, `start`, `ready`, `gate`, `merge`, `runner`, `stale-after`, `phases`, `checklist`, `success`, `risks`, `notes`, `stakeholders`, `sync`.',
    '2 true: unknown key `true`. Known here: `labels`, `base`, `branch`, `worktree`, `title`, `task-file`, `references`, `allow`, `commands`, `start`, `ready`, `gate`, `merge`, `runner`, `stale-after`, `phases`, `checklist`, `success`, `risks`, `notes`, `stakeholders`, `sync`.',
  ],
  [
    '`$schema` as a key',
    '$schema: https://x\n',
    '1 $schema: unknown key `$schema`. Editors read it from a comment: `# yaml-language-server: $schema=…`.',
  ],
  [
    'a key without anything inside',
    'merge:\n',
    '1 merge: expected a mapping (`key: value`); got nothing: fill it in, or remove the key',
  ],
  [
    'indentation with no-break spaces',
    'merge:\n  when: command\n',
    '1 merge: expected a mapping (`key: value`); got nothing: fill it in, or remove the key',
    '2   when: unknown key `when`. What it begins with only looks like a space: indent with spaces.',
  ],
];
