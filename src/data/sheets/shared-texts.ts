import type { Parts } from './parts.js';

/** The texts of a workbook in the order in which cells refer to them. */
export async function sharedTexts(parts: Parts, part: string | undefined): Promise<string[]> {
  const texts: string[] = [];
  if (part === undefined || !parts.has(part)) return texts;
  const rich = richText();
  await parts.read(part, {
    open: (tag) => rich.open(tag),
    text: (text) => rich.text(text),
    close: (tag) => {
      if (tag === 'si') texts.push(rich.take());
      else rich.close(tag);
    },
  });
  return texts;
}

/** Collects a text of several runs, each in a font of its own; how it is spoken (`rPh`) is no part of it. */
export function richText() {
  let [whole, inText, spoken] = ['', false, false];
  return {
    open(tag: string): void {
      if (tag === 't') inText = !spoken;
      else if (tag === 'rPh') spoken = true;
    },
    text(more: string): void {
      if (inText) whole += more;
    },
    close(tag: string): void {
      if (tag === 't') inText = false;
      else if (tag === 'rPh') spoken = false;
    },
    take(): string {
      const found = unescaped(whole);
      whole = '';
      return found;
    },
  };
}

/** Characters that XML cannot hold, or would change, stand as `_x000D_` (ECMA-376, part 1, 22.9.2.19); half a character never. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x((?![Dd][89A-Fa-f])[0-9A-Fa-f]{4})_/g, (_, code: string) =>
        String.fromCharCode(parseInt(code, 16)),
      )
    : text;
