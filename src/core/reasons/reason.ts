import type { NodeId } from '../graph/node.js';
import type { Readable } from '../model/index.js';

/** Why a pull request may not go on. Only the reasons of {@link GateReason} close the gate; all keep it from landing. */
export type Reason = GateReason | LandingReason;

export type GateReason =
  | Waits
  | { readonly kind: 'dependency closed'; readonly node: NodeId; readonly how: string }
  | { readonly kind: 'dependency unreadable'; readonly node: NodeId; readonly why: string }
  | { readonly kind: 'dependencies unread'; readonly why: string }
  | { readonly kind: 'cycle'; readonly path: readonly NodeId[] }
  | { readonly kind: 'needs update'; readonly node: NodeId; readonly what: string }
  | { readonly kind: 'sharer landing'; readonly node: NodeId; readonly what: string }
  | { readonly kind: 'files unread'; readonly why: string }
  | { readonly kind: 'hold'; readonly because: Because }
  | { readonly kind: 'frozen'; readonly because: Because }
  | { readonly kind: 'approval unread'; readonly why: string }
  | {
      readonly kind: 'config invalid';
      readonly problem: string;
      /** The repository whose file it is, as `owner/name`, where that is the owner's default; else null. */
      readonly from: string | null;
    }
  | { readonly kind: 'issue gone'; readonly issue: number; readonly pull: number };

/** A dependency that is not merged, and in turn what that one waits for and what somebody has to mend about it. */
export interface Waits {
  readonly kind: 'waits';
  readonly node: NodeId;
  readonly pull: number | null;
  readonly because: readonly (GateReason | Trouble)[];
}

/** What keeps a pull request from landing until somebody mends it, and is worth telling those that wait for it. */
export type Trouble = ConflictReason | Extract<LandingReason, { readonly kind: 'failing checks' }>;

export type LandingReason =
  | { readonly kind: 'not started' }
  | { readonly kind: 'draft' }
  | { readonly kind: 'other base'; readonly branch: string; readonly wanted: string }
  | { readonly kind: 'task file' }
  | { readonly kind: 'not asked' }
  | ConflictReason
  | { readonly kind: 'unknown mergeability' }
  | { readonly kind: 'changes requested'; readonly by: readonly string[] }
  | {
      readonly kind: 'approvals';
      readonly have: number;
      readonly need: number;
      readonly from: 'anybody' | 'not its authors' | 'neither authors nor asker';
      /** The head that has to be approved after its push, by another than who pushed; absent where an earlier one will do. */
      readonly lastPush?: string;
    }
  | { readonly kind: 'failing checks'; readonly names: readonly string[] }
  | { readonly kind: 'pending checks'; readonly names: readonly string[] }
  /** Not one check is on the head. */
  | { readonly kind: 'checks not started'; readonly sha: string; readonly overdue: boolean }
  | ChecksMissing
  /** All that is on the head has passed, and more may still come. */
  | { readonly kind: 'settling'; readonly sha: string }
  | { readonly kind: 'base failing'; readonly branch: string; readonly names: readonly string[] }
  | { readonly kind: 'override would end' }
  /** GitHub takes no update of this head from the app. */
  | { readonly kind: 'update refused'; readonly sentence: string }
  | LeftQueueReason
  | { readonly kind: 'unread'; readonly what: string; readonly why: string };

/** GitHub does not say which files conflict: those that both sides have changed since they parted are named. */
export interface ConflictReason {
  readonly kind: 'conflict';
  readonly files: Readable<readonly string[]>;
}

/** It was in the merge queue with this head, left it unmerged, and nobody has asked again since. */
export interface LeftQueueReason {
  readonly kind: 'left queue';
  /** Login of who took it out; null where the queue did, or GitHub does not say. */
  readonly by: string | null;
  /** GitHub's own word; null where it gives none. */
  readonly reason: string | null;
}

/** Checks that count and are not on the head, while others are. */
export interface ChecksMissing {
  readonly kind: 'checks missing';
  readonly names: readonly string[];
  /** True if the base or the settings ask for them by name; else they had passed before the app's update. */
  readonly asked: boolean;
  readonly overdue: boolean;
}

/** Who held or froze, and what they said. `by` is null where GitHub does not say. */
export interface Because {
  readonly by: string | null;
  readonly reason: string | null;
  /** True where nobody can tell whether it is so; it counts until somebody can, and `reason` says why. */
  readonly unread?: boolean;
}

/** What a reason does to the gate: `wait` shows as pending, `stop` as a failure that somebody has to mend. */
export function weightOf(reason: GateReason): 'wait' | 'stop' {
  switch (reason.kind) {
    case 'waits':
    case 'needs update':
    case 'sharer landing':
    case 'files unread':
    case 'hold':
    case 'frozen':
    case 'approval unread':
      return 'wait';
    case 'dependency closed':
    case 'dependency unreadable':
    case 'dependencies unread':
    case 'cycle':
    case 'config invalid':
    case 'issue gone':
      return 'stop';
  }
}
