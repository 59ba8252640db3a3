import type { Member } from '../membership/member.js';
import { type Readable, type Time, type ToldSince, read } from '../model/index.js';
import { isSameLabel } from '../names/labels.js';
import type { Settings } from '../settings/schema.js';
import { pathMatcher } from '../text/glob.js';
import type { StakeholderEvent, SubagentEvent } from './events.js';
import { type Stakeholder, nameOf } from './told-since.js';

type Settled = Pick<Settings, 'stakeholders'>;

/** What is older is no news: nobody could tell of it in time. In milliseconds. */
const NEWS = 24 * 60 * 60_000;

/** When it is decided who is told. */
export interface Moment {
  readonly now: Time;
  readonly since: ToldSince;
  /** All events of the subagent that last now. */
  readonly lasting: readonly SubagentEvent[];
}

/**
 * Who is told of an event of one subagent, in the order of the settings. Unreadable while the labels or files that decide it
 * are: then nobody is told yet, since there is one comment for all.
 */
export function recipientsOf(
  { stakeholders }: Settled,
  { now, since, lasting }: Moment,
  { event, at }: SubagentEvent,
  member: Member,
): Readable<readonly Stakeholder[]> {
  if (now - at > NEWS) return read([]);
  const isReady = lasting.some((other) => other.event === 'ready');
  const found: Stakeholder[] = [];
  for (const stakeholder of interestedIn(stakeholders, event)) {
    if (event === 'deployed' && isReady && stakeholder.when.includes('ready')) continue;
    if (!isNews(since.stakeholders[nameOf(stakeholder)], event, at)) continue;
    const concerned = isConcerned(stakeholder, member);
    if (concerned.kind === 'unreadable') return concerned;
    if (concerned.value) found.push(stakeholder);
  }
  return read(found);
}

/**
 * Who is told that all is done: whom some issue concerns. What cannot be read then never will be in time, and concerns them:
 * to be told of too much is the lesser harm.
 */
export function recipientsOfEnd(
  { stakeholders }: Settled,
  members: readonly Member[],
): readonly Stakeholder[] {
  return interestedIn(stakeholders, 'complete').filter((stakeholder) =>
    members.some((member) => {
      const concerned = isConcerned(stakeholder, member);
      return concerned.kind === 'unreadable' || concerned.value;
    }),
  );
}

function interestedIn(
  stakeholders: Settings['stakeholders'],
  event: StakeholderEvent,
): readonly Stakeholder[] {
  return stakeholders.filter(({ when }) => when.includes(event));
}

/**
 * Whether an event is not older than the entry. The commit that brings the entry may move the base itself, which makes no
 * conflict new.
 */
function isNews(since: Time | undefined, event: StakeholderEvent, at: Time): boolean {
  if (since === undefined) return false;
  return event === 'conflict' ? at > since : at >= since;
}

/** Whether risk, labels and files of a member are such as the stakeholder has named: all of the three, where given. */
export function isConcerned(
  { risk, labels, paths }: Pick<Stakeholder, 'risk' | 'labels' | 'paths'>,
  { facts, issue, pull }: Member,
): Readable<boolean> {
  const level = facts.risk.kind === 'known' ? facts.risk.value.level : null;
  if (risk.length > 0 && (level === null || !risk.includes(level))) return read(false);
  if (labels.length > 0) {
    if (issue.labels.kind === 'unreadable') return issue.labels;
    const own = issue.labels.value;
    if (!labels.some((label) => own.some((each) => isSameLabel(each, label)))) return read(false);
  }
  if (paths.length === 0) return read(true);
  if (pull === null) return read(false);
  if (pull.detail.kind === 'unreadable') return pull.detail;
  const { files } = pull.detail.value;
  return files.kind === 'unreadable' ? files : read(files.value.some(pathMatcher(paths)));
}
