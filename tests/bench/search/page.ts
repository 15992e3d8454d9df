/** Types into the search of all items in a real renderer, key by key. */
import type { Catalogue, SearchKeys } from "../../../shared/domain/catalogue/catalogue.ts";
import {
  createSearchIndex,
  searchCatalogue,
  type SearchHit,
  type SearchIndex,
} from "../../../shared/domain/catalogue/search.ts";

let catalogue: Catalogue;
let index: SearchIndex;

const open = async (): Promise<{ items: number; indexMs: number }> => {
  catalogue = (await (await fetch("/catalogue.json")).json()) as Catalogue;
  const since = performance.now();
  index = createSearchIndex(catalogue);
  return { items: catalogue.items.length, indexMs: performance.now() - since };
};

/** What a person types for an item: its name, its pinyin, its initials. */
const spellings = (keys: SearchKeys): string[] => [keys.name, keys.pinyin.replaceAll(" ", ""), keys.initials];

/** Milliseconds of each keystroke while every `step`-th item is typed, once more with two letters the wrong way round. */
const keystrokes = (step: number): number[] => {
  const times: number[] = [];
  const type = (text: string, keep: boolean): void => {
    for (let length = 1; length <= text.length; length += 1) {
      const query = text.slice(0, length);
      const since = performance.now();
      searchCatalogue(index, query);
      if (keep) times.push(performance.now() - since);
    }
  };
  const texts = catalogue.items
    .filter((_, at) => at % step === 0)
    .flatMap((item) => spellings(item.search))
    .flatMap((text) => [text, `${text.slice(0, 2)}${text[3] ?? ""}${text[2] ?? ""}${text.slice(4)}`]);
  for (const text of texts.slice(0, 20)) type(text, false);
  for (const text of texts) type(text, true);
  return times;
};

const keysOf = (hit: SearchHit | undefined): SearchKeys | undefined =>
  hit?.entry.kind === "item" ? hit.entry.item.search : hit?.entry.package.search;

/** Searches whose first hit is not what was typed; items of equal name, pinyin or initials count as each other. */
const misses = (): string[] =>
  catalogue.items.flatMap(({ search }) => {
    const typed = spellings(search);
    return typed.filter((query, kind) => {
      const first = keysOf(searchCatalogue(index, query)[0]);
      return first === undefined || spellings(first)[kind] !== query;
    });
  });

const page = { open, keystrokes, misses };
export type SearchPage = typeof page;
Object.assign(globalThis, { bench: page });
