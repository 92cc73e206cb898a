import { wordsText } from "./fold.ts";
import { nameAt } from "./tile-names.ts";
import type { Tile } from "./tile.ts";

/** The words of a tile's names, worked out for those that were asked for. */
export interface TileWords {
  docks: (string | undefined)[];
  harbours: (string | undefined)[];
}

/** Of each of a tile's harbours the beginnings, of `wordBeginnings`, that its own name lacks. */
export function missingWords(
  { names, memo }: Tile,
  beginnings: readonly string[],
): (readonly string[])[] {
  const words = memo.words ??= { docks: [], harbours: [] };
  return names.harbours.map(({ name }, harbour) => {
    const text = words.harbours[harbour] ??= wordsText(name);
    return beginnings.filter((beginning) => !text.includes(beginning));
  });
}

/** Whether a dock's own name has what its harbour's lacks. `missing`: of the same tile. */
export function hasWords(
  { names, memo }: Tile,
  dock: number,
  missing: readonly (readonly string[])[],
): boolean {
  const beginnings = missing[names.harbourOf[dock]!]!;
  if (beginnings.length === 0) return true;
  const words = memo.words ??= { docks: [], harbours: [] };
  const text = words.docks[dock] ??= wordsText(nameAt(names, dock));
  for (let i = 0; i < beginnings.length; i++) if (!text.includes(beginnings[i]!)) return false;
  return true;
}
