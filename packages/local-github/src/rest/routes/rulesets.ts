import { type Context, may, present } from '../../domain/context.js';
import { rulesetsOn } from '../../domain/rulesets/match.js';
import {
  createRuleset,
  deleteRuleset,
  findRuleset,
  listRulesets,
  updateRuleset,
} from '../../domain/rulesets/operations.js';
import { presentRule, presentRuleset, presentWholeRuleset } from '../../present/rulesets.js';
import { fullName } from '../../present/urls.js';
import type { Repository, Ruleset } from '../../state/model.js';
import type { View } from '../../world.js';
import { type Answer, type Route, created, list, noContent, ok, route } from '../route.js';
import { repositoryToRead, repositoryToWrite } from './issue-target.js';
import { rulesetInput } from './ruleset-input.js';

const RULES = [{ metadata: 'read' }] as const;
const WRITE = [{ administration: 'write' }] as const;

function whole(context: Context, view: View, repository: Repository, ruleset: Ruleset) {
  const mayChange = may(context, repository, { role: 'admin', app: WRITE });
  return presentWholeRuleset(view, ruleset, mayChange);
}

function changed(context: Context, repository: Repository, ruleset: Ruleset): Answer {
  return ok(whole(context, present(context), repository, ruleset));
}

/** Those of organizations are not served: every ruleset is one of the repository. */
export const rulesetRoutes: readonly Route[] = [
  route('repos/get-branch-rules', RULES, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    const rows = rulesetsOn(view.state, repository, path.branch).flatMap((ruleset) =>
      ruleset.rules.map((rule) => ({ ruleset, rule })),
    );
    return list(rows, ({ ruleset, rule }) => ({
      ...presentRule(rule),
      ruleset_source_type: 'Repository',
      ruleset_source: fullName(view, repository.id),
      ruleset_id: ruleset.id,
    }));
  }),
  route('repos/get-repo-rulesets', RULES, async (context, { path, query }) => {
    const { view, repository } = repositoryToRead(context, path);
    const targets = query.targets?.split(',') ?? ['branch'];
    const rows = targets.includes('branch') ? listRulesets(view, repository.id) : [];
    return list(rows, (ruleset) => presentRuleset(view, ruleset));
  }),
  route('repos/create-repo-ruleset', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const empty = { include: [], exclude: [], bypass: [], rules: [] };
    const { name, enforcement } = body;
    const input = { ...empty, name, active: enforcement === 'active', ...rulesetInput(body) };
    const ruleset = createRuleset(context, repository, input);
    return created(whole(context, present(context), repository, ruleset));
  }),
  route('repos/get-repo-ruleset', RULES, async (context, { path }) => {
    const { view, repository } = repositoryToRead(context, path);
    return ok(whole(context, view, repository, findRuleset(view, repository.id, path.ruleset_id)));
  }),
  route('repos/update-repo-ruleset', WRITE, async (context, { path, body }) => {
    const repository = repositoryToWrite(context, path);
    const input = rulesetInput(body);
    return changed(context, repository, updateRuleset(context, repository, path.ruleset_id, input));
  }),
  route('repos/delete-repo-ruleset', WRITE, async (context, { path }) => {
    deleteRuleset(context, repositoryToWrite(context, path), path.ruleset_id);
    return noContent();
  }),
];
