export interface SeedOptions {
  readonly issues?: readonly SeedIssue[];
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: object;
  /** Slugs of apps that write issues and pull requests. */
  readonly bots?: readonly ('helper' | 'stray')[];
  /** Protection of `main`. */
  readonly protection?: object;
  readonly rulesets?: readonly object[];
  readonly methods?: readonly string[];
  /** Further repositories; the bot is installed on those of acme. */
  readonly others?: readonly SeedOther[];
}

export interface SeedOther {
  readonly repository: string;
  readonly public?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  /** By login, where they are other than in the first repository. */
  readonly roles?: Readonly<Record<string, string>>;
  readonly issues: readonly { readonly number: number; readonly title: string }[];
}

export interface SeedIssue {
  readonly number: number;
  readonly blocked_by?: readonly number[];
  readonly labels?: readonly string[];
}

/** The beginning of a seed in YAML: a repository with a file, and one person of each role. */
export const MARKET = `
repository: acme/market
files: { README.md: "# Market" }
users:
  - { login: ada, role: admin }
  - { login: grace, role: maintain }
  - { login: linus, role: write }
  - { login: tove, role: triage }
  - { login: olaf, role: none }
`;

/** A small seed with plain issues, two if none are named. JSON is YAML, too. */
export function smallSeed(options: SeedOptions = {}): string {
  const { issues, files, config, bots, protection, rulesets, methods, others } = options;
  return JSON.stringify({
    repository: 'acme/market',
    files: { 'README.md': '# Market\n', ...files },
    issues: (issues ?? [{ number: 1 }, { number: 2 }]).map((issue) => ({
      title: `Part ${issue.number}`,
      body: `### Scope\n\nPart ${issue.number} of the work.\n`,
      author: 'ada',
      ...issue,
    })),
    users: [
      { login: 'ada', role: 'admin' },
      { login: 'grace', role: 'maintain' },
      { login: 'linus', role: 'write' },
      { login: 'tove', role: 'triage' },
      { login: 'rosa', role: 'read' },
      { login: 'olaf', role: 'none' },
    ],
    ...(config && { config }),
    ...(bots && { bots }),
    ...(protection && { protection: { main: protection } }),
    ...(rulesets && { rulesets }),
    ...(methods && { merge_methods: methods }),
    ...(others && { others }),
  });
}
