const KEYWORDS = 'close[sd]?|fix(?:e[sd])?|resolve[sd]?';

/**
 * The issues that a text closes in a repository: the numbers behind GitHub's nine keywords, `#8` or `owner/name#8`,
 * each once, in order. What stands in code or in an HTML comment closes nothing.
 * https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
export function closedNumbers(text: string, fullName: string): readonly number[] {
  const pattern = new RegExp(
    `(?<![\\w-])(?:${KEYWORDS}):?[ \\t]+([\\w.-]+/[\\w.-]+)?#(\\d{1,9})(?!\\w)`,
    'gi',
  );
  const numbers = new Set<number>();
  for (const match of withoutCode(text).matchAll(pattern)) {
    const repository = match[1] ?? fullName;
    if (repository.toLowerCase() === fullName.toLowerCase()) numbers.add(Number(match[2]));
  }
  return [...numbers];
}

function withoutCode(text: string): string {
  return text
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replaceAll(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|$(?![\s\S]))/gm, ' ')
    .replaceAll(/(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, ' ');
}
