import { type PullDetail, type Readable, read, unreadable } from '../../core/model/index.js';
import { type Connection, mapReadable, whole } from './answer.js';
import type { CorePull } from './pull.js';

/** What GitHub says of how a head stands to its base. */
export interface RawFit {
  readonly mergeable: 'MERGEABLE' | 'CONFLICTING' | 'UNKNOWN';
  /** One of many words, of which two matter. https://docs.github.com/en/graphql/reference/enums#mergestatestatus */
  readonly mergeStateStatus: string;
  readonly headRef?: {
    readonly compare: {
      readonly aheadBy: number;
      readonly commits: Connection<{ readonly oid: string }>;
    } | null;
  } | null;
  readonly target?: { readonly compare: { readonly behindBy: number } | null } | null;
}

type Lacks = Pick<PullDetail, 'behindBy' | 'lacks'>;
type Fit = Lacks & Pick<PullDetail, 'mergeable' | 'mustUpdate'>;

const MERGEABLE = {
  MERGEABLE: 'mergeable',
  CONFLICTING: 'conflicting',
  UNKNOWN: 'unknown',
} as const satisfies Record<RawFit['mergeable'], PullDetail['mergeable']>;

/**
 * Whether a head merges into its base, and what of that it lacks. Of a head that is behind, GitHub has also to have worked
 * out whether it may merge so: until then nobody knows whether an update is asked for.
 *
 * @param fault what went wrong with the comparison, if anything did
 */
export function fitOf(core: CorePull, raw: RawFit, fault: string | null): Readable<Fit> {
  return mapReadable<Lacks, Fit>(lacksOf(core, raw, fault), (lacks) => {
    const isBehind = lacks.behindBy > 0;
    const mergeable = MERGEABLE[raw.mergeable];
    const isUndecided = isBehind && mergeable === 'mergeable' && raw.mergeStateStatus === 'UNKNOWN';
    return {
      mergeable: isUndecided ? 'unknown' : mergeable,
      mustUpdate: isBehind && raw.mergeStateStatus === 'BEHIND',
      ...lacks,
    };
  });
}

function lacksOf({ pull, baseSha }: CorePull, raw: RawFit, fault: string | null): Readable<Lacks> {
  if (pull.state !== 'open') return read({ behindBy: 0, lacks: read([]) });
  if (baseSha === null) return unreadable('its base branch is gone');
  if (!pull.head.sameRepository) {
    const behindBy = raw.target?.compare?.behindBy;
    if (behindBy === undefined) return unreadable('GitHub could not compare it with its base');
    return read({ behindBy, lacks: unreadable('it comes from a fork') });
  }
  const compare = raw.headRef?.compare;
  if (!compare) return unreadable(fault ?? 'GitHub could not compare it with its base');
  const lacks = mapReadable(whole(compare.commits, fault), (nodes) => nodes.map(({ oid }) => oid));
  return read({ behindBy: compare.aheadBy, lacks });
}
