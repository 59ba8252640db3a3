import type { Place, Row } from './registry.js';

/** What labels on GitHub allow, and what can be told apart from the words around it. */
const NAME = 'one name of at most 200 characters without commas (in quotes if it has spaces)';

/** What a verb takes in a place, as a phrase that goes on after "takes". Holds no text of people. */
export function expectedBy(row: Row, place: Place): string {
  const issues = row.targets === 'named' ? 'issues, like `#8`' : 'issues, like `#8`, or `all`';
  const named = row.targets !== 'none' && place === 'tracking issue';
  if (row.takes === 'none' && named) return issues;
  if (row.takes === 'none' && row.targets !== 'none')
    return 'no arguments here: it means the issue it stands on';
  const value = valueOf(row);
  return named ? `${value}, and here the issues it means, like \`#8\`` : value;
}

function valueOf(row: Row): string {
  switch (row.takes) {
    case 'none':
      return 'no arguments';
    case 'verb':
      return 'one command, like `hold`';
    case 'references':
      return 'issues, like `#4` or `owner/repo#4`';
    case 'pull request':
      return 'one pull request of this repository, like `#45`';
    case 'shares':
      return `${NAME}, and issues of this repository if you like, as in \`executor.py #5\``;
    case 'name':
      return `${NAME}, like \`executor.py\``;
    case 'effort':
      return 'hours, like `5-6h`, `30min` or `2d`';
    case 'risk':
      return '`high`, `medium` or `low`';
    case 'priority':
      return '`p0`, `p1`, `p2` or `p3`';
  }
}
