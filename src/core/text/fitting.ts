/** GitHub takes 65,536 characters in a comment; the rest of an answer, its marker and what GitHub adds have room beside. */
export const MAX_ANSWER = 60_000;

/** The first lines that are not more than so many, and that together have not more than so many characters. */
export function firstLines(lines: readonly string[], count: number, characters: number): readonly string[] {
  let left = characters;
  const end = lines.findIndex((line, index) => {
    left -= line.length + 1;
    return index === count || left < 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}

/** The first blocks of lines that together have not more than so many characters, and how many blocks are left out. */
export function firstBlocks(
  blocks: readonly (readonly string[])[],
  characters: number,
): { readonly lines: readonly string[]; readonly left: number } {
  const wholes = blocks.map((block) => block.join('\n'));
  const shown = firstLines(wholes, wholes.length, characters);
  return { lines: shown, left: wholes.length - shown.length };
}
