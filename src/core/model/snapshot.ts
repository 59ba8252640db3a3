import type { HeadConfig } from './head-config.js';
import type { Issue, LabelEvent, Time } from './issue.js';
import type { Actor, Roles } from './people.js';
import type { Check, Commit, OwnCheck, Pull } from './pull.js';
import type { Readable } from './readable.js';

/** Everything that one decision needs, read from GitHub at one moment. */
export interface Snapshot {
  readonly repository: Repository;
  /** The text of `.github/subagents.yml` on the default branch; else the owner's default; null if there is neither. */
  readonly config: Readable<string | null>;
  /** The repository of the owner's default, as `owner/name`, where that holds; null elsewhere. */
  readonly configFrom: string | null;
  /** The newest earlier version of that file that was valid, if the present one is not. */
  readonly lastValidConfig: string | null;
  /** The settings file of open pull requests that change it, by the SHA of the head. Read to be judged, never to hold. */
  readonly headConfigs: Readonly<Record<string, Readable<HeadConfig>>>;
  readonly base: Readable<Base>;
  /** Issues with the deploy label, open and closed, and those of the app's own pull requests. */
  readonly issues: Readable<readonly Issue[]>;
  /** All open pull requests, and the closed ones that a deployment may still speak of. */
  readonly pulls: Readable<readonly Pull[]>;
  /** Branches that carry the name of an issue's branch, by name. */
  readonly branches: Readable<Readonly<Record<string, Branch>>>;
  /** Tracking issues by this app that carry its marker, newest first. */
  readonly trackers: Readable<readonly Tracker[]>;
  /** Recent comments that may hold commands and are not answered yet, and accepted ones that still count. */
  readonly comments: Readable<readonly Comment[]>;
  /** The recorded task file of each subagent by the SHA of its task commit. */
  readonly tasks: Readonly<Record<string, Readable<string>>>;
  /** What the numbers in recorded `Depends on` lines name that is not among the issues: an id, or why it cannot be read. */
  readonly named: Readonly<Record<number, Readable<Named>>>;
  /** Files of the config's `references` that exist on the base. */
  readonly references: readonly string[];
  readonly roles: Roles;
  readonly said: Said;
  /** Since when what is told to whom stands in the configuration; null where it tells nobody anything. */
  readonly toldSince: Readable<ToldSince> | null;
}

/** What the app itself has said, by the number of the issue or pull request. */
export interface Said {
  /** Causes of what it is known to have said: once said, always said. */
  readonly known: Readonly<Record<number, readonly string[]>>;
  /** All its comments with a cause, where this decision asked for them. */
  readonly asked: Readonly<Record<number, Readable<readonly OwnComment[]>>>;
}

/** A comment of the app's own, by the cause in its marker. */
export interface OwnComment {
  readonly cause: string;
  readonly at: Time;
}

/** When parts of the configuration arrived as they are. */
export interface ToldSince {
  /** By the name of the stakeholder, in lower case. */
  readonly stakeholders: Readonly<Record<string, Time>>;
  readonly sync: Time;
}

/** A merge method of GitHub's own. */
export type MergeMethod = 'squash' | 'rebase' | 'merge';

export interface Repository {
  readonly id: string;
  /** `owner/name`. */
  readonly name: string;
  /** Address of its web page, without a slash at the end. */
  readonly url: string;
  readonly ownerIsOrganization: boolean;
  readonly defaultBranch: string;
  /** In the order in which landing prefers them. */
  readonly mergeMethods: readonly MergeMethod[];
  /** Whether the deploy label exists. */
  readonly hasDeployLabel: boolean;
  /** How many issues are pinned; GitHub allows three. */
  readonly pinned: number;
}

export interface Branch {
  readonly sha: string;
  /** What it holds beyond the base; read only where no open pull request tells it, null otherwise. */
  readonly beyondBase: Readable<readonly Commit[]> | null;
}

/** An issue of this repository that a line names, as far as it is needed to write the dependency natively. */
export interface Named {
  readonly databaseId: number;
  readonly isPull: boolean;
}

/** The branch that a deployment lands on. */
export interface Base {
  readonly branch: string;
  readonly sha: string;
  /** When GitHub first saw that commit, on whichever branch; absent where GitHub does not say. */
  readonly seenAt?: Time;
  /** Its newest commits, newest first. */
  readonly recent: readonly string[];
  readonly checks: Readable<readonly Check[]>;
  /** This app's own check runs on its head, newest first. */
  readonly ownChecks: Readable<readonly OwnCheck[]>;
  /** Whether one of its newest commits has a check suite of this app; true where that cannot be read. */
  readonly everChecked: boolean;
  readonly rules: Readable<Rules>;
}

/** What the base's protection asks of a merge. */
export interface Rules {
  readonly requiredChecks: readonly string[];
  /** Review approvals asked for; null where a pull request is not required. */
  readonly approvals: number | null;
  /** Whether a ruleset asks for heads that hold the whole base; classic protection does not show that it does. */
  readonly strict: boolean;
  /** What the rulesets leave of GitHub's merge methods; null where none of them says. */
  readonly mergeMethods: readonly MergeMethod[] | null;
  /** Whether a ruleset has GitHub dismiss approvals when something else is pushed. */
  readonly dismissStale: boolean;
  /** Whether a ruleset wants the last push approved by another than who pushed; classic protection does not show it. */
  readonly lastPush: boolean;
  readonly linear: boolean;
  readonly signatures: boolean;
  /** Whether this app is among those who may push to the base, as far as its other rules allow. */
  readonly mayPush: boolean;
  readonly mergeQueue: boolean;
}

export interface Tracker {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly createdAt: Time;
  readonly pinned: boolean;
  readonly labels: Readable<readonly string[]>;
  readonly labelEvents: Readable<readonly LabelEvent[]>;
}

export interface Comment {
  readonly id: number;
  /** Node id. */
  readonly nodeId: string;
  /** The issue or pull request it stands on. */
  readonly number: number;
  readonly onPull: boolean;
  readonly author: Actor | null;
  readonly body: string;
  readonly createdAt: Time;
  /** True if somebody other than its author edited it. */
  readonly editedByOthers: boolean;
  /** Whether its text was ever changed, by whomever. */
  readonly edited: boolean;
  /** The app's own reaction: 👍 done, 😕 refused. */
  readonly answered: 'done' | 'refused' | null;
  readonly url: string;
}
