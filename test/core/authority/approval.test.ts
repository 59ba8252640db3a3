import { describe, expect, test } from '@jest/globals';
import { type Approval, type ApprovalInput, approvalOf } from '../../../src/core/authority/approval.js';
import { createRoleBook } from '../../../src/core/authority/role-book.js';
import {
  type Actor,
  type Comment,
  type Edit,
  type LabelEvent,
  type Readable,
  type Role,
  read,
  unreadable,
} from '../../../src/core/model/index.js';
import { type Settings, defaultSettings } from '../../../src/core/settings/schema.js';
import { DEPLOY, aComment, history, labelEvent, roleAsked } from '../../support/snapshot.js';
import { ME, MINUTE, START, anIssue, person } from '../../support/view-builder.js';

const SECOND = 1_000;
const bot = (login: string): Actor => ({ login, kind: 'bot' });
const linus = person('linus');

interface Case extends Partial<Omit<ApprovalInput, 'book'>> {
  readonly events?: readonly LabelEvent[];
  readonly edits?: readonly Edit[];
  readonly roles?: Readonly<Record<string, Readable<Role>>>;
  readonly askedAt?: number;
  readonly shown?: string;
}

function judged({ events = [labelEvent('put', DEPLOY, linus)], edits = [], ...parts }: Case) {
  const settings: Settings = { ...defaultSettings(), ...parts.settings };
  const roles = parts.roles ?? { linus: read('write'), ada: read('maintain'), olaf: read('read') };
  const asked = Object.entries(roles).map(
    ([login, role]) => [login, roleAsked(role, parts.askedAt ?? START + 1_000 * MINUTE)] as const,
  );
  const book = createRoleBook(Object.fromEntries(asked), settings.allow.bots);
  const issue = anIssue(8, { labels: [parts.shown ?? DEPLOY], history: history({ labels: events, edits }) });
  const approval = approvalOf(issue, {
    labelled: true,
    asked: [],
    renewed: [],
    unanswered: null,
    recorded: [],
    unrecorded: null,
    underWay: false,
    ...parts,
    settings,
    book,
  });
  return { approval, missing: book.missing() };
}

function kindOf(parts: Case): Approval['kind'] {
  return judged(parts).approval.kind;
}

describe('who may put the deploy label', () => {
  test.each([
    ['admin', 'given'],
    ['maintain', 'given'],
    ['write', 'given'],
    ['triage', 'refused'],
    ['read', 'refused'],
    ['none', 'refused'],
  ] as const)('a person with %s: %s', (role, expected) => {
    expect(kindOf({ roles: { linus: read(role) } })).toBe(expected);
  });

  test('a role that GitHub did not tell approves nothing and refuses nothing', () => {
    expect(judged({ roles: { linus: unreadable('500') } }).approval).toEqual({
      kind: 'unread',
      why: 'cannot read the role of linus: 500',
    });
  });

  test('a person whom GitHub was not asked about is unread, and is to be asked about', () => {
    const { approval, missing } = judged({ roles: {} });
    expect([approval.kind, missing]).toEqual(['unread', ['linus']]);
  });

  test('a role that was asked before the label was put is asked again', () => {
    const before = judged({ askedAt: START - SECOND });
    expect([before.approval.kind, before.missing]).toEqual(['unread', ['linus']]);
    const after = judged({ askedAt: START });
    expect([after.approval.kind, after.missing]).toEqual(['given', []]);
  });

  test('nobody: the account is gone', () => {
    expect(kindOf({ events: [labelEvent('put', DEPLOY, null)] })).toBe('unread');
  });

  test('a bot that the settings do not list is refused, and GitHub is not asked for its role', () => {
    const { approval, missing } = judged({ events: [labelEvent('put', DEPLOY, bot('helper[bot]'))] });
    expect([approval, missing]).toMatchObject([{ kind: 'refused', role: 'bot' }, []]);
  });

  test('a bot that the settings list may, however its name is written', () => {
    const settings = { ...defaultSettings(), allow: { roles: ['write'], bots: ['Helper[bot]'] } } as Settings;
    expect(kindOf({ events: [labelEvent('put', DEPLOY, bot('helper[bot]'))], settings })).toBe('given');
  });

  test('a person whose name looks like a listed bot has a role like any person', () => {
    const settings = { ...defaultSettings(), allow: { roles: ['write'], bots: ['helper[bot]'] } } as Settings;
    const events = [labelEvent('put', DEPLOY, person('helper[bot]'))];
    expect(kindOf({ events, settings, roles: { 'helper[bot]': read('none') } })).toBe('refused');
  });

  test('settings that ask for more than write are obeyed', () => {
    const settings = { ...defaultSettings(), allow: { roles: ['admin'], bots: [] } } as Settings;
    expect(kindOf({ settings })).toBe('refused');
  });

  test('the label counts in whatever case GitHub shows it', () => {
    const events = [labelEvent('put', 'Deploy-Subagent', linus)];
    expect(kindOf({ events, shown: 'Deploy-Subagent' })).toBe('given');
  });

  test('no label, no approval', () => {
    expect(kindOf({ labelled: false })).toBe('none');
  });

  test('a history that cannot be read approves nothing', () => {
    const issue = anIssue(8, { history: unreadable('a short list') });
    const settings = defaultSettings();
    const book = createRoleBook({}, []);
    const input = { settings, book, labelled: true, asked: [], renewed: [], unanswered: null, recorded: [] };
    expect(approvalOf(issue, { ...input, unrecorded: null, underWay: false })).toEqual({
      kind: 'unread',
      why: 'a short list',
    });
  });
});

describe('whose wish a label of the app is', () => {
  const byAda = { kind: 'given', by: 'ada', at: START, since: START, cause: 'comment-700' };
  const asked = (at: number, parts: Partial<Comment> = {}) =>
    aComment(8, '/deploy', { id: 700, author: person('ada'), createdAt: at, answered: 'done', ...parts });
  const put = (actor: Actor, at: number) => labelEvent('put', DEPLOY, actor, at);
  const removed = (actor: Actor, at: number) => labelEvent('removed', DEPLOY, actor, at);

  test('the author of the deploy command before it, at the time of the comment', () => {
    const { approval } = judged({ events: [put(ME, START + 9 * SECOND)], asked: [asked(START)] });
    expect(approval).toEqual(byAda);
  });

  test('of several commands the newest before the label', () => {
    const comments = [asked(START), asked(START + SECOND, { id: 701, author: linus })];
    const late = asked(START + 60 * SECOND, { id: 702 });
    const { approval } = judged({ events: [put(ME, START + 9 * SECOND)], asked: [...comments, late] });
    expect(approval).toMatchObject({ cause: 'comment-701', by: 'linus' });
  });

  test('whoever had put it before, where the app put it back', () => {
    const first = put(linus, START);
    const events = [first, removed(person('tria'), START + MINUTE), put(ME, START + 2 * MINUTE)];
    expect(judged({ events }).approval).toMatchObject({
      by: 'linus',
      at: START,
      since: START,
      cause: first.id,
    });
  });

  test('a command on a label that was on already does not take over the approval that is put back', () => {
    const first = put(linus, START);
    const events = [first, removed(person('tria'), START + 2 * MINUTE), put(ME, START + 3 * MINUTE)];
    const { approval } = judged({ events, asked: [asked(START + MINUTE)] });
    expect(approval).toMatchObject({ by: 'linus', cause: first.id });
  });

  test('the command that puts it over a refused label', () => {
    const now = START + 2 * MINUTE;
    const events = [put(person('olaf'), START), removed(ME, now), put(ME, now)];
    expect(judged({ events, asked: [asked(START + MINUTE)] }).approval).toMatchObject({ by: 'ada' });
  });

  test('is not told while a command to deploy has yet to be answered: an older approval is not taken', () => {
    const events = [put(person('olaf'), START), removed(ME, START + MINUTE), put(ME, START + 3 * MINUTE)];
    expect(judged({ events, unanswered: 'later' }).approval).toEqual({ kind: 'unread', why: 'later' });
    expect(kindOf({ events })).toBe('refused');
  });

  test('is what the task commit records, once the comment is not among the recent ones', () => {
    const recorded = [{ cause: 'comment-700', approvedBy: 'ada', approvedAt: START, signed: true }];
    const { approval } = judged({ events: [put(ME, START + SECOND)], recorded, unanswered: 'unread' });
    expect(approval).toEqual(byAda);
  });

  test('is nobody’s where the app put it and no command is known', () => {
    expect(kindOf({ events: [put(ME, START)] })).toBe('unread');
  });

  test('is judged like any other: a command of someone who lost write is refused', () => {
    const events = [put(ME, START + SECOND)];
    expect(kindOf({ events, asked: [asked(START)], roles: { ada: read('triage') } })).toBe('refused');
  });

  test('is still that of the last one who put it, while the removal of someone who may not is put back', () => {
    const events = [put(linus, START), removed(person('tria'), START + MINUTE)];
    expect(judged({ events, shown: 'bug' }).approval).toMatchObject({ kind: 'given', by: 'linus' });
  });
});

describe('a redeploy that was accepted', () => {
  const LATER = START + 10 * MINUTE;
  const again = (parts: Partial<Comment> = {}) =>
    aComment(8, '/redeploy', {
      id: 800,
      author: person('ada'),
      createdAt: LATER,
      answered: 'done',
      ...parts,
    });
  const edited = (at: number, login: string): Edit => ({ what: 'body', editor: person(login), at });
  const first = labelEvent('put', DEPLOY, linus);

  test('approves the text that is there then, and does not deploy it later than it was', () => {
    expect(judged({ renewed: [again()] }).approval).toEqual({
      kind: 'given',
      by: 'ada',
      at: LATER,
      cause: 'comment-800',
      since: START,
    });
  });

  test('lets what was edited before it pass, by whomever', () => {
    const edits = [edited(START + MINUTE, 'olaf')];
    expect(judged({ edits, renewed: [again()] }).approval).toMatchObject({ cause: 'comment-800' });
  });

  test('counts for nothing where the text was changed since by somebody who may not: what is recorded stays', () => {
    const recorded = [{ cause: first.id, approvedBy: 'linus', approvedAt: START, signed: true }];
    const edits = [edited(LATER + MINUTE, 'olaf')];
    const { approval } = judged({ events: [first], edits, recorded, renewed: [again()] });
    expect(approval).toMatchObject({ kind: 'given', by: 'linus', cause: first.id });
  });

  test('holds on once it is recorded, whatever is edited and also where the comment is gone', () => {
    const recorded = [{ cause: 'comment-800', approvedBy: 'ada', approvedAt: LATER, signed: true }];
    const edits = [edited(LATER + MINUTE, 'olaf')];
    expect(judged({ edits, recorded, renewed: [again()] }).approval).toMatchObject({ cause: 'comment-800' });
    expect(judged({ edits, recorded }).approval).toMatchObject({ by: 'ada', cause: 'comment-800' });
  });

  test('counts for nothing by a record alone that anybody may have written', () => {
    const recorded = [
      { cause: first.id, approvedBy: 'linus', approvedAt: START, signed: false },
      { cause: 'comment-1', approvedBy: 'nobody', approvedAt: LATER, signed: false },
    ];
    expect(judged({ events: [first], recorded }).approval).toMatchObject({ by: 'linus', cause: first.id });
  });

  test('of somebody who may not deploy counts for nothing', () => {
    const renewed = [again({ author: person('tria') })];
    const roles = { linus: read<Role>('write'), tria: read<Role>('triage') };
    expect(judged({ events: [first], renewed, roles }).approval).toMatchObject({ cause: first.id });
  });

  test('is not judged while nobody knows the role of its author', () => {
    expect(judged({ renewed: [again({ author: person('nora') })] })).toMatchObject({
      approval: { kind: 'unread' },
      missing: ['nora'],
    });
  });

  test('is over once the issue is deployed anew', () => {
    const events = [
      first,
      labelEvent('removed', DEPLOY, linus, LATER + MINUTE),
      labelEvent('put', DEPLOY, linus, LATER + 2 * MINUTE),
    ];
    expect(judged({ events, renewed: [again()] }).approval).toMatchObject({
      by: 'linus',
      since: LATER + 2 * MINUTE,
    });
  });

  test('of several the newest counts', () => {
    const renewed = [again(), again({ id: 801, author: linus, createdAt: LATER + MINUTE })];
    expect(judged({ renewed }).approval).toMatchObject({ by: 'linus', cause: 'comment-801' });
  });
});

describe('edits around the approval', () => {
  const edit = (seconds: number, editor: Actor | null, what: Edit['what'] = 'body'): Edit => ({
    what,
    editor,
    at: START + seconds * SECOND,
  });
  const outsider = person('olaf');

  test.each([
    ['an hour before', -3_600, 'given'],
    ['61 seconds before', -61, 'given'],
    ['in the minute before', -60, 'withdrawn'],
    ['a second before', -1, 'withdrawn'],
    ['in the same second', 0, 'withdrawn'],
    ['after', 3_600, 'withdrawn'],
  ] as const)('by an outsider %s', (_, seconds, expected) => {
    expect(kindOf({ edits: [edit(seconds, outsider)] })).toBe(expected);
    expect(kindOf({ edits: [edit(seconds, outsider, 'title')] })).toBe(expected);
  });

  test.each([
    ['someone with write', linus, 'given'],
    ['the app', ME, 'given'],
    ['an account that is gone', null, 'withdrawn'],
    ['a bot that is not listed', bot('helper[bot]'), 'withdrawn'],
    ['someone whom GitHub was not asked about', person('new'), 'unread'],
  ] as const)('by %s', (_, editor, expected) => {
    expect(kindOf({ edits: [edit(1, editor)] })).toBe(expected);
  });

  test.each([
    ['none', 'withdrawn'],
    ['read', 'withdrawn'],
    ['triage', 'withdrawn'],
    ['write', 'given'],
    ['maintain', 'given'],
  ] as const)('by someone with %s', (role, expected) => {
    expect(kindOf({ edits: [edit(1, outsider)], roles: { linus: read('write'), olaf: read(role) } })).toBe(
      expected,
    );
  });

  test('one edit by an outsider among others withdraws, whatever came after it', () => {
    expect(kindOf({ edits: [edit(1, linus), edit(2, outsider), edit(3, linus)] })).toBe('withdrawn');
  });

  test('a certain verdict does not wait for the role of another editor', () => {
    expect(kindOf({ edits: [edit(1, person('new')), edit(2, outsider)] })).toBe('withdrawn');
  });

  test('all editors are asked for at once', () => {
    const { missing } = judged({ edits: [edit(1, person('one')), edit(2, person('two'))] });
    expect(missing).toEqual(['one', 'two']);
  });

  test('a role that was asked before the edit is asked again', () => {
    const { approval, missing } = judged({ edits: [edit(5, linus)], askedAt: START + SECOND });
    expect([approval.kind, missing]).toEqual(['unread', ['linus']]);
  });

  test('write is enough for an edit, also where the settings ask for more to deploy', () => {
    const settings = { ...defaultSettings(), allow: { roles: ['maintain'], bots: [] } } as Settings;
    const events = [labelEvent('put', DEPLOY, person('ada'))];
    expect(kindOf({ settings, events, edits: [edit(1, linus)] })).toBe('given');
  });

  test('change nothing once the task commit names the approval', () => {
    const event = labelEvent('put', DEPLOY, linus);
    const recorded = [{ cause: event.id, approvedBy: 'linus', approvedAt: START, signed: true }];
    expect(kindOf({ recorded, edits: [edit(1, outsider)], roles: {} })).toBe('given');
  });

  test('withdraw an approval of which only an earlier one is recorded', () => {
    const recorded = [{ cause: 'another', approvedBy: 'linus', approvedAt: START - MINUTE, signed: true }];
    expect(kindOf({ recorded, edits: [edit(1, outsider)] })).toBe('withdrawn');
  });

  test('withdraw nothing while it cannot be read whether the approval was recorded', () => {
    const { approval } = judged({ unrecorded: 'too many commits', edits: [edit(1, outsider)] });
    expect(approval).toEqual({ kind: 'unread', why: 'too many commits' });
  });
});
