import { describe, expect, test } from '@jest/globals';
import { CHECK_AGAIN, UNDO_OVERRIDE } from '../../../src/core/gate/buttons.js';
import {
  type Click,
  type OwnCheck,
  type Role,
  read,
  unreadable,
  valueOr,
} from '../../../src/core/model/index.js';
import { formatGateId, parseGateId } from '../../../src/core/names/gate-id.js';
import { plan } from '../../../src/core/plan/plan.js';
import { aComment, blockedBy, ownGate, roleAsked } from '../../support/snapshot.js';
import {
  HOUR,
  ME,
  NOW,
  START,
  type SnapshotParts,
  aSnapshot,
  aTracker,
  aWorkedPull,
  anIssue,
  digest,
  person,
  role,
  sha,
} from '../../support/view-builder.js';
import { actionsOf, planOf } from './support.js';

const HEAD = sha('work 9');
const RUN = 7_000;
const WAITS = 'Waits for #8 (pull request #28)';

const overridden = ownGate(null, {
  id: RUN,
  title: `Order overridden by grace for ${HEAD.slice(0, 7)}: hotfix`,
  externalId: formatGateId({ verdict: 'abc', landing: null, override: { comment: 700, on: 9, at: null } }),
});

function click(identifier: string, parts: Partial<Click> = {}): Click {
  return { by: person('grace'), sha: HEAD, run: RUN, identifier, at: NOW, ...parts };
}

const undo = (login: string) => click('undo-override', { by: person(login) });

/** #9 waits for #8. */
function snapshot(checks: readonly OwnCheck[] = [overridden], parts: SnapshotParts = {}) {
  const [first, second] = [anIssue(8), anIssue(9, { blockedBy: blockedBy(8) })];
  const pulls = [aWorkedPull(28, first), aWorkedPull(29, second, { ownChecks: read(checks) })];
  return aSnapshot({ issues: [first, second], pulls, trackers: [aTracker()], ...parts });
}

function done(clicks: readonly Click[], on = snapshot()) {
  return actionsOf(planOf(on, NOW, clicks).homes);
}

/** The gates that are made, as title, override and the run that they come after. */
function gates(clicks: readonly Click[], on = snapshot()): readonly object[] {
  return done(clicks, on).flatMap<object>((action) =>
    action.kind === 'publish gates'
      ? action.gates.map(({ verdict, run, again }) => ({
          title: verdict.title,
          override: parseGateId(verdict.externalId)?.override?.comment ?? null,
          run,
          again,
        }))
      : [action],
  );
}

describe('the button that undoes an override', () => {
  test.each(['grace', 'ada'])('pressed by %s ends it: a new run says what is so', (login) => {
    const on = snapshot([overridden], { roles: { grace: role('maintain'), ada: role('admin') } });
    expect(gates([undo(login)], on)).toEqual([{ title: WAITS, override: null, run: null, again: RUN }]);
  });

  test('does not let the comment count again', () => {
    const comment = aComment(9, '/override -- hotfix', {
      id: 700,
      author: person('grace'),
      answered: 'done',
    });
    const without = ownGate(null, { id: RUN + 1, status: 'in_progress', conclusion: null, title: WAITS });
    const { homes } = planOf(snapshot([without], { comments: read([comment]) }));
    expect(actionsOf(homes)).toEqual([]);
  });

  test.each(['write', 'triage'] as const)('pressed with %s gets one comment and changes nothing', (name) => {
    const on = snapshot([overridden], { roles: { linus: role(name) } });
    expect(done([undo('linus'), undo('linus')], on)).toEqual([
      {
        kind: 'comment',
        number: 29,
        body: `@linus: the button *Undo override* needs the *maintain* role; you have *${name}*.`,
        cause: `click-${RUN}-linus`,
      },
    ]);
  });

  test.each(['read', 'none'] as const)('pressed with %s is left alone', (name: Role) => {
    const on = snapshot([overridden], { roles: { linus: role('write'), olaf: role(name) } });
    expect(planOf(on, NOW, [undo('olaf')])).toMatchObject({ homes: [], clicksLeft: [] });
  });

  test('pressed by a bot, listed or not, or by the app itself, does not end it', () => {
    const on = snapshot([overridden], { config: 'allow: { bots: ["helper[bot]"] }\n' });
    for (const by of [
      { login: 'helper[bot]', kind: 'bot' },
      { login: 'other[bot]', kind: 'bot' },
      ME,
    ] as const) {
      expect(gates([click('undo-override', { by })], on)).not.toContainEqual(
        expect.objectContaining({ again: RUN }),
      );
    }
  });

  test('asks for the role as it is after the click, and is kept until GitHub tells it', () => {
    const before = { grace: roleAsked(read<Role>('maintain'), NOW - HOUR), linus: role('write') };
    const asks = planOf(snapshot([overridden], { roles: before }), NOW, [undo('grace')]);
    expect(asks).toMatchObject({ homes: [], askRoles: ['grace'], clicksLeft: [undo('grace')] });
    const failed = { grace: roleAsked(unreadable<Role>('500'), NOW + HOUR), linus: role('write') };
    const kept = planOf(snapshot([overridden], { roles: failed }), NOW, [undo('grace')]);
    expect(kept).toMatchObject({ homes: [], askRoles: [], clicksLeft: [undo('grace')] });
  });

  test('counts only on the newest run, so that the same click heard again does nothing', () => {
    const newer = { ...overridden, id: RUN + 1 };
    expect(planOf(snapshot([newer, overridden]), NOW, [undo('grace')])).toMatchObject({
      homes: [],
      clicksLeft: [],
    });
  });

  test('does nothing on a gate that is not overridden', () => {
    const failed = ownGate(null, { id: RUN, conclusion: 'FAILURE', title: 'Dependency cycle' });
    expect(done([undo('grace')], snapshot([failed]))).toEqual([]);
  });
});

describe('a re-run', () => {
  const waiting = ownGate(null, { id: RUN, title: WAITS, status: 'in_progress', conclusion: null });

  test.each(['rerun', 'check-again'])('by %s makes a fresh run, also of the same verdict', (identifier) => {
    const fresh = { override: null, run: null, again: RUN };
    const nobody = { by: person('olaf') };
    expect(gates([click(identifier, nobody)], snapshot([ownGate(null, { id: RUN })]))).toEqual([
      { title: WAITS, ...fresh },
    ]);
    expect(gates([click(identifier)])).toEqual([
      { title: overridden.title, override: 700, run: null, again: RUN },
    ]);
  });

  test('asked for by the app itself makes none: each would ask for the next', () => {
    expect(planOf(snapshot(), NOW, [click('rerun', { by: ME })])).toMatchObject({
      homes: [],
      clicksLeft: [],
    });
  });

  test('takes the place of an unfinished run', () => {
    const [action] = done([click('rerun')], snapshot([waiting]));
    expect(action).toMatchObject({ gates: [{ run: null, replaces: waiting.nodeId, again: RUN }] });
  });

  test('of all checks counts on the gate that was there, and once', () => {
    const all = click('rerun', { run: null, at: START + 2 * HOUR });
    const at = (startedAt: number) => gates([all], snapshot([{ ...overridden, startedAt }]));
    expect(at(START + 2 * HOUR - 1_000)).toHaveLength(1);
    expect(at(START + 2 * HOUR)).toEqual([]);
  });

  test('of several people is one run', () => {
    const clicks = [click('rerun'), click('check-again'), click('rerun', { by: person('linus') })];
    expect(gates(clicks)).toHaveLength(1);
  });

  test('does not hide that somebody undoes an override in the same moment', () => {
    expect(gates([click('rerun'), undo('grace')])).toEqual([
      { title: WAITS, override: null, run: null, again: RUN },
    ]);
  });
});

test('each button does what it says', () => {
  const override = (identifier: string) => gates([click(identifier)]);
  expect(override(UNDO_OVERRIDE.identifier)).toMatchObject([{ override: null }]);
  expect(override(CHECK_AGAIN.identifier)).toMatchObject([{ override: 700 }]);
});

describe('clicks that are left alone', () => {
  test.each([
    ['a commit that is no open head', click('rerun', { sha: sha('other') })],
    ['a check of the app that is not the gate', click('rerun', { run: 1 })],
    ['a button that there is not', click('merge-now')],
  ])('%s', (_, one) => {
    expect(planOf(snapshot(), NOW, [one])).toMatchObject({ homes: [], clicksLeft: [] });
  });
});

describe('clicks that are kept for the next time', () => {
  const clicks = [undo('grace'), click('rerun')];

  test.each([
    ['pull requests', { ...snapshot(), pulls: unreadable<never>('502') }],
    ['configuration', { ...snapshot(), config: unreadable<never>('502') }],
  ])('because the %s cannot be read', (_, on) => {
    expect(planOf(on, NOW, clicks).clicksLeft).toEqual(clicks);
    expect(gates(clicks, on)).toEqual([]);
  });

  test('because the check runs of the head cannot be read', () => {
    const { pulls } = snapshot();
    const blind = valueOr(pulls, []).map((pull) => ({ ...pull, ownChecks: unreadable<never>('502') }));
    expect(planOf({ ...snapshot(), pulls: read(blind) }, NOW, clicks)).toMatchObject({
      homes: [],
      clicksLeft: clicks,
    });
  });

  test('because commands come first, which may override the very gate that is clicked on', () => {
    const comment = aComment(9, '/override -- hotfix', {
      author: person('grace'),
      createdAt: START + 2 * HOUR,
    });
    const waiting = ownGate(null, { id: RUN, conclusion: 'FAILURE', title: 'Dependency cycle' });
    const on = snapshot([waiting], { comments: read([comment]) });
    const { homes, clicksLeft } = planOf(on, NOW, [click('check-again')]);
    expect(actionsOf(homes).map(({ kind }) => kind)).toEqual(['publish gates', 'react']);
    expect(clicksLeft).toEqual([click('check-again')]);
  });
});

test('a click does not wait for a command that GitHub has refused in this run, as in a locked conversation', () => {
  const on = snapshot([overridden], { comments: read([aComment(9, '/help', { createdAt: NOW })]) });
  const [command] = planOf(on, NOW, [undo('grace')]).homes;
  const { homes, clicksLeft } = plan({
    snapshot: on,
    now: NOW,
    digest,
    appVersion: '0.1.0',
    refusals: [],
    refused: new Set([command?.about ?? '']),
    clicks: [undo('grace')],
  });
  expect(command?.about).toMatch(/^comment /);
  expect(homes.map(({ about }) => about)).toEqual([`click on ${HEAD.slice(0, 7)}`]);
  expect(clicksLeft).toEqual([]);
});
