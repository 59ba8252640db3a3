import { dump } from 'js-yaml';

import { timestamp } from '../clock.js';
import { addAccount, addRepository } from '../domain/bootstrap.js';
import { type Write, row } from '../domain/context.js';
import { insertIssue } from '../domain/issues/create.js';
import { ensureLabel, putLabel } from '../domain/labels.js';
import { seedCommit } from '../domain/refs/seed.js';
import { addTimeline } from '../domain/timeline.js';
import type { Account, Id, Repository } from '../state/model.js';
import type { World } from '../world.js';
import { PEOPLE } from './people.js';
import type { Seed, SeedIssue, SeedRepository, SeedUser } from './seed-file.js';

const CONFIG_PATH = '.github/subagents.yml';

export interface Seeded {
  readonly ownerId: Id;
  readonly repository: Repository;
  readonly users: readonly SeedUser[];
  /** Account numbers by login. */
  readonly accounts: ReadonlyMap<string, Id>;
}

/** Fills a new world with the owners, the people, the repositories with their files, labels and issues. No effects, no events. */
export async function plantSeed(world: World, seed: Seed): Promise<Seeded> {
  const owner = ownerOf(world, seed);
  const users = seed.users ?? PEOPLE;
  const accounts = new Map(users.map(({ login }) => [login, addAccount(world, { login, type: 'User' }).id]));
  const files = { ...seed.files, ...(seed.config && { [CONFIG_PATH]: dump(seed.config) }) };
  const repository = await plantRepository(world, { ...seed, files }, { ownerId: owner, users, accounts });
  for (const other of seed.others ?? []) {
    const known = users.map(({ login, role }) => ({ login, role: other.roles?.[login] ?? role }));
    await plantRepository(world, other, { ownerId: ownerOf(world, other), users: known, accounts });
  }
  return { ownerId: owner, repository, users, accounts };
}

/** The owner's account, made if it is not there yet. */
function ownerOf(world: World, { repository }: SeedRepository): Id {
  const [login = ''] = repository.split('/');
  const isIt = (account: Account) => account.login.toLowerCase() === login.toLowerCase();
  const known = Object.values(world.store.state.accounts).find(isIt);
  return (known ?? addAccount(world, { login, type: 'Organization' })).id;
}

async function plantRepository(
  world: World,
  seed: SeedRepository,
  { ownerId, users, accounts }: Omit<Seeded, 'repository'>,
): Promise<Repository> {
  const [, name = ''] = seed.repository.split('/');
  const repository = await addRepository(world, {
    ownerId,
    name,
    private: seed.public === false,
    ...(seed.default_branch !== undefined && { defaultBranch: seed.default_branch }),
    roles: Object.fromEntries(users.map(({ login, role }) => [accounts.get(login), role])),
  });
  await plantFiles(world, seed.files ?? {}, repository, users[0]?.login ?? 'nobody');
  const defaultAuthor = accounts.get(users[0]?.login ?? '') ?? ownerId;
  plantLabels(world, seed, repository.id, defaultAuthor);
  for (const issue of (seed.issues ?? []).toSorted((a, b) => a.number - b.number)) {
    plantIssue(world, issue, repository.id, accounts.get(issue.author ?? '') ?? defaultAuthor);
  }
  plantDependencies(world, seed, repository.id, defaultAuthor);
  return repository;
}

async function plantFiles(
  world: World,
  files: Readonly<Record<string, string>>,
  repository: Repository,
  name: string,
): Promise<void> {
  if (Object.keys(files).length === 0) return;
  await seedCommit(world, repository, {
    branch: repository.defaultBranch,
    message: 'Start',
    files,
    author: { name, email: `${name}@users.noreply.github.com`, date: timestamp(world.clock.now()) },
  });
}

/** Changes the state as an effect would, but makes none, and tells nobody. */
function plant(world: World, actorId: Id, change: (write: Write) => void): void {
  const now = timestamp(world.clock.now());
  world.store.seed((transaction) => change({ ...transaction, now, actorId, emit: () => undefined }));
}

function plantLabels(world: World, seed: SeedRepository, repositoryId: Id, actorId: Id): void {
  plant(world, actorId, (write) => {
    for (const { name, color, description } of seed.labels ?? []) {
      const label = row(write.state.labels, ensureLabel(write, repositoryId, name).id);
      if (color !== undefined) label.color = color;
      if (description !== undefined) label.description = description;
    }
  });
}

function plantIssue(world: World, issue: SeedIssue, repositoryId: Id, authorId: Id): void {
  plant(world, authorId, (write) => {
    row(write.state.repositories, repositoryId).nextNumber = issue.number;
    const id = insertIssue(write, repositoryId, { title: issue.title, body: issue.body ?? null });
    for (const name of issue.labels ?? []) putLabel(write, id, ensureLabel(write, repositoryId, name));
  });
}

function plantDependencies(world: World, seed: SeedRepository, repositoryId: Id, actorId: Id): void {
  plant(world, actorId, (write) => {
    const { numbers } = row(write.state.repositories, repositoryId);
    for (const { number, blocked_by: blockers = [] } of seed.issues ?? []) {
      for (const blocker of blockers) {
        const [blockedId, blockingId] = [numbers[number], numbers[blocker]];
        if (blockedId === undefined || blockingId === undefined) continue;
        const id = write.newId();
        write.state.dependencies[id] = { id, blockedId, blockingId, createdAt: write.now };
        addTimeline(write, blockedId, { kind: 'blocked_by_added', blockingId });
        addTimeline(write, blockingId, { kind: 'blocking_added', blockedId });
      }
    }
  });
}
