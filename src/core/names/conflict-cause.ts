/** The cause of the comment that asks for the conflict of a head to be settled: one comment a head. */
export function conflictCause(sha: string): string {
  return `conflict-${sha}`;
}
