import { answerHelp, answerHelpAbout } from '../commands/help.js';
import type { Action } from '../actions/action.js';
import { formatHours } from '../facts/effort.js';
import type { Member } from '../membership/member.js';
import { controlLabels, effortLabel, priorityLabel, riskLabel } from '../names/labels.js';
import { answerStatus } from '../view/status.js';
import { answerWhy } from '../why/answer-why.js';
import { type Ran, type Run, done, notNow } from './run.js';
import { adopt } from './run-adopt.js';
import { dependOn } from './run-depends-on.js';
import { deploy } from './run-deploy.js';
import { setLabel, setLabelOnceRead } from './run-label.js';
import { setOnly } from './run-only-label.js';
import { dependNoMore } from './run-not-depends-on.js';
import { override } from './run-override.js';
import { redeploy } from './run-redeploy.js';
import { share, shareNoMore } from './run-shares.js';
import { sync } from './run-sync.js';
import { eachMember, targetNumbers } from './run-targets.js';
import { update } from './run-update.js';

/** Runs one command whose author may run it. Commands only change labels, dependencies and drafts, or answer. */
export function runCommand(run: Run): Ran {
  const { command, login, view } = run;
  const { prefix } = view.config.settings.commands;
  const labels = controlLabels(view.config.settings);
  switch (command.verb) {
    case 'help':
      return done(
        [],
        command.about === null ? answerHelp(login, prefix) : answerHelpAbout(login, command.about, prefix),
      );
    case 'refresh':
      return done([]);
    case 'status':
      return done([], answerStatus(login, targetNumbers(run), view, run.progress));
    case 'why': {
      const length = command.targets === 'all' ? 'short' : 'full';
      return done([], answerWhy(login, targetNumbers(run), view, run.progress, length));
    }
    case 'deploy':
      return deploy(run);
    case 'adopt':
      return adopt(run, command.pull);
    case 'redeploy':
      return redeploy(run);
    case 'cancel':
      return eachMember(run, (member) => setLabel(run, member.number, labels.deploy, false, 'deploy'));
    case 'hold':
      return eachMember(run, (member) => setLabel(run, member.number, labels.hold, true, 'unhold'));
    case 'unhold':
      return eachMember(run, (member) => setLabelOnceRead(run, member.number, labels.hold, false, 'hold'));
    case 'merge':
      return eachMember(run, (member) =>
        setLabelOnceRead(run, member.number, labels.merge, true, 'not-merge'),
      );
    case 'not-merge':
      return eachMember(run, (member) => setLabel(run, member.number, labels.merge, false, 'merge'));
    case 'effort':
      return setOnly(run, 'effort', effortLabel(formatHours(command.effort), view.digest));
    case 'risk':
      return setOnly(run, 'risk', riskLabel(command.level));
    case 'priority':
      return setOnly(run, 'priority', priorityLabel(command.priority));
    case 'freeze':
      return done(setLabel(run, run.here, labels.freeze, true, 'unfreeze'));
    case 'unfreeze': {
      const set = setLabelOnceRead(run, run.here, labels.freeze, false, 'freeze');
      return 'kind' in set ? set : done(set);
    }
    case 'ready':
      return eachMember(run, (member) => markReady(run, member));
    case 'update':
      return update(run);
    case 'override':
      return override(run);
    case 'depends-on':
      return dependOn(run, command.refs);
    case 'not-depends-on':
      return dependNoMore(run, command.refs);
    case 'shares':
      return share(run, command);
    case 'not-shares':
      return shareNoMore(run, command);
    case 'sync':
      return sync(run);
    case 'start':
    case 'retry':
    case 'pause':
    case 'resume':
    case 'integrate':
      throw new Error(`the parser let ${command.verb} through, which this version does not serve`);
  }
}

function markReady(run: Run, { number, pull }: Member): readonly Action[] | Ran {
  if (pull === null || pull.state !== 'open') {
    return notNow(run, number, 'it has no open pull request yet');
  }
  return pull.draft ? [{ kind: 'mark ready', pull: { id: pull.id, number: pull.number } }] : [];
}
