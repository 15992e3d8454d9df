import type { Catalogue, CatalogueEntry, SearchKeys } from "./catalogue.ts";
import { canonicalPinyin, isAlphanumeric, normalise, queryWords, spellingsOf } from "./search-text.ts";

/**
 * How well an entry fits, best first. All exact ones go before all prefixes, so that whoever typed a name, its pinyin
 * or its initials to the end sees it on top, whatever longer name happens to begin with the same letters.
 */
export const SEARCH_RANK = {
  name: 0,
  code: 1,
  pinyin: 2,
  initials: 3,
  namePrefix: 4,
  nameWord: 5,
  pinyinPrefix: 6,
  initialsPrefix: 7,
  nameInside: 8,
  pinyinInside: 9,
  initialsInside: 10,
  /** Characters, whole syllables and initials in one word: `居民sfz`, `jumin sfz`. */
  mixed: 11,
  /** Several words, each somewhere in the name, in the order typed. */
  wordsInOrder: 12,
  wordsInAnyOrder: 13,
  codePart: 14,
  /** Not the name but its department, theme, life event, material or member item. */
  related: 15,
  /** Another reading of a character, or zh/z, sh/s, ch/c, n/l, ng/n not told apart. */
  loose: 16,
  /** Nothing else fits: most pairs of neighbouring characters are in the name (教师资格证 for 教师资格认定). */
  similar: 17,
} as const;
export type SearchRank = (typeof SEARCH_RANK)[keyof typeof SEARCH_RANK];

export interface SearchHit {
  readonly entry: CatalogueEntry;
  readonly rank: SearchRank;
  /** [start, end) in UTF-16 units of the entry's name, in order, not touching; empty when the name did not match. */
  readonly highlights: readonly (readonly [number, number])[];
  /** For rank `related`: the text that matched. */
  readonly because: string | null;
}

/** Opaque; made by `createSearchIndex`, read by `searchCatalogue`. */
export interface SearchIndex {
  readonly entries: readonly IndexedEntry[];
  readonly texts: readonly IndexedText[];
}

interface IndexedName {
  /** Normalised name; one unit, one token. */
  readonly name: string;
  readonly syllables: readonly string[];
  readonly joined: string;
  readonly initials: string;
  /** Unit of `name` for each letter of `joined`, and one past the last. */
  readonly unitAt: Uint16Array;
}

interface IndexedEntry extends IndexedName {
  readonly entry: CatalogueEntry;
  readonly original: string;
  readonly code: string;
  /** Spellings accepted loosely, per unit; shared between entries. */
  readonly spellings: readonly (readonly string[])[];
  /** Bit per letter a-z with which a loose spelling of the unit may begin. */
  readonly firstLetters: Uint32Array;
  /** Bit per unit: begins a part between punctuation. */
  readonly wordStarts: readonly number[];
}

interface IndexedText extends IndexedName {
  readonly original: string;
  /** Positions in `SearchIndex.entries`. */
  readonly entries: readonly number[];
}

/** Matched units of a name: [from, to). */
type UnitRange = readonly [number, number];
interface Found {
  readonly at: number;
  readonly rank: SearchRank;
  readonly ranges: readonly UnitRange[];
  readonly because: string | null;
}

const DEFAULT_LIMIT = 50;
/** Longer than the pinyin of any name of the sample (98 characters); what comes after is not read. */
const MAX_QUERY = 600;
const MIN_CODE_PART = 4;
const MIN_SIMILAR = 0.5;
const NONE: readonly UnitRange[] = [];

/**
 * Prepares a catalogue for searching; some tens of milliseconds for 2,300 entries, once per catalogue version.
 * Entries are put in the order in which equals are shown: shorter names first, packages before items, then by name.
 */
export const createSearchIndex = (catalogue: Catalogue): SearchIndex => {
  const all: { entry: CatalogueEntry; name: string; code: string; search: SearchKeys; related: string[] }[] = [];
  const eventNames = new Map(catalogue.lifeEvents.map((event) => [event.id, [event.zh, event.en]]));
  const namesOfEvents = (ids: readonly string[]): string[] => ids.flatMap((id) => eventNames.get(id) ?? []);
  for (const thing of catalogue.packages)
    all.push({
      entry: { kind: "package", package: thing },
      name: thing.name,
      code: thing.id,
      search: thing.search,
      related: [
        ...thing.members.map((member) => member.name),
        ...thing.materials.map((material) => material.name),
        ...(thing.leadDepartment === null ? [] : [thing.leadDepartment]),
        ...namesOfEvents(thing.lifeEvents),
      ],
    });
  for (const item of catalogue.items)
    all.push({
      entry: { kind: "item", item },
      name: item.name,
      code: item.code,
      search: item.search,
      related: [
        item.department,
        ...item.themes,
        ...(item.mainItem === null ? [] : [item.mainItem]),
        ...item.materials.map((material) => material.name),
        ...namesOfEvents(item.lifeEvents),
      ],
    });
  all.sort(
    (one, other) =>
      one.search.name.length - other.search.name.length ||
      (one.entry.kind === other.entry.kind ? 0 : one.entry.kind === "package" ? -1 : 1) ||
      compare(one.search.name, other.search.name) ||
      compare(one.code, other.code),
  );

  const spellingsCache = new Map<string, readonly string[]>();
  const related = new Map<string, number[]>();
  all.forEach((one, at) => {
    for (const text of new Set(one.related)) {
      const entries = related.get(text);
      if (entries) entries.push(at);
      else related.set(text, [at]);
    }
  });
  const departmentKeys = new Map(catalogue.departments.map((department) => [department.name, department.search]));
  return {
    entries: all.map(({ entry, name, code, search }) => indexEntry(entry, name, code, search, spellingsCache)),
    texts: [...related].map(([original, entries]) => ({
      original,
      entries,
      ...indexName(departmentKeys.get(original) ?? plainKeys(original)),
    })),
  };
};

/**
 * Finds the entries for what has been typed so far: characters, pinyin with or without spaces, initials, a mixture, or
 * a code. Best rank first, shorter names first among equals, then the order of the index, so the answer is stable.
 * @param limit most hits returned
 */
export const searchCatalogue = (index: SearchIndex, query: string, limit: number = DEFAULT_LIMIT): SearchHit[] => {
  const words = queryWords(query.slice(0, MAX_QUERY));
  const whole = words.join("");
  if (whole === "" || limit <= 0) return [];
  const byRank: Found[][] = [];
  const add = (found: Found): void => {
    (byRank[found.rank] ??= []).push(found);
  };

  const isCode = isAlphanumeric(whole) && whole.length >= MIN_CODE_PART && /[0-9]/.test(whole);
  const related = findRelated(index, words);
  index.entries.forEach((entry, at) => {
    const found =
      findInName(entry, at, whole) ??
      (isCode ? findInCode(entry, at, whole) : undefined) ??
      findWords(entry, at, words) ??
      related(entry, at) ??
      findLoosely(entry, at, whole);
    if (found) add(found);
  });
  const found = byRank.flat();
  return (found.length > 0 ? found : findSimilar(index, whole)).slice(0, limit).map((one) => toHit(index, one));
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const plainKeys = (text: string): SearchKeys => {
  const { text: name } = normalise(text);
  return { name, pinyin: [...name].join(" "), initials: name, otherReadings: [] };
};

const indexName = (keys: SearchKeys): IndexedName => {
  const syllables = keys.pinyin === "" ? [] : keys.pinyin.split(" ");
  const joined = syllables.join("");
  const unitAt = new Uint16Array(joined.length + 1);
  let letter = 0;
  syllables.forEach((syllable, unit) => {
    unitAt.fill(unit, letter, letter + syllable.length);
    letter += syllable.length;
  });
  unitAt[letter] = syllables.length;
  // The same folding as for a query, so that lve typed across two syllables (lv e) still meets it.
  return { name: keys.name, syllables, joined: canonicalPinyin(joined), initials: keys.initials, unitAt };
};

const indexEntry = (
  entry: CatalogueEntry,
  original: string,
  code: string,
  keys: SearchKeys,
  cache: Map<string, readonly string[]>,
): IndexedEntry => {
  const indexed = indexName(keys);
  const otherReadings = new Map<number, string[]>();
  for (const [unit, reading] of keys.otherReadings)
    otherReadings.set(unit, [...(otherReadings.get(unit) ?? []), reading]);
  const firstLetters = new Uint32Array(indexed.syllables.length);
  const spellings = indexed.syllables.map((syllable, unit) => {
    if (syllable === indexed.name[unit]) return NO_SPELLINGS;
    const readings = [syllable, ...(otherReadings.get(unit) ?? [])];
    const key = readings.join(" ");
    const accepted = cache.get(key) ?? [...new Set(readings.flatMap((reading) => spellingsOf(reading)))];
    cache.set(key, accepted);
    for (const spelling of accepted) firstLetters[unit] = (firstLetters[unit] ?? 0) | letterBit(spelling, 0);
    return accepted;
  });
  const { starts, ends } = normalise(original);
  const wordStarts: number[] = [];
  for (let unit = 1; unit < starts.length; unit++)
    if ((starts[unit] ?? 0) > (ends[unit - 1] ?? 0)) wordStarts.push(unit);
  return { ...indexed, entry, original, code: code.toLowerCase(), spellings, firstLetters, wordStarts };
};

const NO_SPELLINGS: readonly string[] = [];

const letterBit = (text: string, at: number): number => {
  const letter = text.charCodeAt(at) - 97;
  return letter >= 0 && letter < 26 ? 1 << letter : 0;
};

const hit = (at: number, rank: SearchRank, from: number, to: number): Found => ({
  at,
  rank,
  ranges: [[from, to]],
  because: null,
});

/** The whole query, spaces taken out, in one piece of the name. */
const findInName = (entry: IndexedEntry, at: number, whole: string): Found | undefined => {
  const { name, joined, initials } = entry;
  const nameAt = name.indexOf(whole);
  if (nameAt === 0) return hit(at, name.length === whole.length ? SEARCH_RANK.name : SEARCH_RANK.namePrefix, 0, whole.length);
  const latin = isAlphanumericCached(whole);
  if (latin) {
    if (joined === whole) return hit(at, SEARCH_RANK.pinyin, 0, name.length);
    if (initials === whole) return hit(at, SEARCH_RANK.initials, 0, name.length);
  }
  if (nameAt > 0 && entry.wordStarts.includes(nameAt))
    return hit(at, SEARCH_RANK.nameWord, nameAt, nameAt + whole.length);
  if (latin) {
    if (joined.startsWith(whole)) return hit(at, SEARCH_RANK.pinyinPrefix, 0, unitAfter(entry, whole.length));
    if (initials.startsWith(whole)) return hit(at, SEARCH_RANK.initialsPrefix, 0, whole.length);
  }
  if (nameAt > 0) return hit(at, SEARCH_RANK.nameInside, nameAt, nameAt + whole.length);
  if (latin) {
    const letterAt = findAtSyllable(entry, whole, 0);
    if (letterAt >= 0)
      return hit(at, SEARCH_RANK.pinyinInside, entry.unitAt[letterAt] ?? 0, unitAfter(entry, letterAt + whole.length));
    const initialAt = initials.indexOf(whole);
    if (initialAt >= 0) return hit(at, SEARCH_RANK.initialsInside, initialAt, initialAt + whole.length);
  }
  const range = findMixed(entry, whole, 0);
  return range && hit(at, SEARCH_RANK.mixed, range[0], range[1]);
};
