import type { CatalogueEntry } from "./catalogue.ts";
import type { Haystack, SearchIndex } from "./search-index.ts";
import { isAlphanumeric, normalise, queryWords } from "./search-text.ts";
import { walkNames } from "./search-walk.ts";

export { createSearchIndex, type SearchIndex } from "./search-index.ts";

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
  /** At the beginning of a part between punctuation. */
  nameWord: 5,
  pinyinPrefix: 6,
  initialsPrefix: 7,
  nameInside: 8,
  pinyinInside: 9,
  initialsInside: 10,
  /** Characters, whole syllables and initials by turns: `居民sfz`, `jumin sfz`. */
  mixed: 11,
  /** Several words, each somewhere in the name, in the order typed. */
  wordsInOrder: 12,
  wordsInAnyOrder: 13,
  codePart: 14,
  /** Some words in the name, the others in its department, theme, life event, material or member item. */
  partlyRelated: 15,
  /** Nothing in the name, all of it in the texts beside it. */
  related: 16,
  /** Another reading of a character, or zh/z, sh/s, ch/c, n/l, ng/n not told apart. */
  loose: 17,
  /** Hardly anything else fits: most pairs of neighbouring characters are in the name (教师资格证 for 教师资格认定). */
  similar: 18,
} as const;
export type SearchRank = (typeof SEARCH_RANK)[keyof typeof SEARCH_RANK];

export interface SearchHit {
  readonly entry: CatalogueEntry;
  readonly rank: SearchRank;
  /** [start, end) in UTF-16 units of the entry's name, in order, not touching; empty when the name did not match. */
  readonly highlights: readonly (readonly [number, number])[];
  /** For the ranks `partlyRelated` and `related`: the text beside the name that matched. */
  readonly because: string | null;
}

/** Matched units of a name: [from, to), counted within the entry. */
type UnitRange = readonly [number, number];
interface Found {
  readonly rank: SearchRank;
  readonly ranges: readonly UnitRange[];
  readonly because: string | null;
}

const DEFAULT_LIMIT = 50;
/** Longer than the pinyin of any name of the sample (98 characters); what comes after is not read. */
const MAX_QUERY = 600;
const MAX_WORDS = 5;
const MIN_CODE_PART = 4;
const MIN_SIMILAR = 0.5;
/** Fewer hits than this leave room for names that are only similar. */
const FEW = 5;

/**
 * Finds the entries for what has been typed so far: characters, pinyin with or without spaces, initials, a mixture, or
 * a code. Best rank first, shorter names first among equals, then the order of the index, so the answer is stable.
 * @param limit most hits returned
 */
export const searchCatalogue = (index: SearchIndex, query: string, limit: number = DEFAULT_LIMIT): SearchHit[] => {
  const typed = queryWords(query.slice(0, MAX_QUERY));
  const whole = typed.join("");
  // More words than that are pinyin with spaces between the syllables, and those stand side by side anyway.
  const words = [...typed.slice(0, MAX_WORDS - 1), typed.slice(MAX_WORDS - 1).join("")].filter((word) => word !== "");
  if (whole === "" || limit <= 0) return [];
  const found = new Map<number, Found>();
  const offer: Offer = (entry, rank, ranges, because = null) => {
    const before = found.get(entry);
    if (!before || rank < before.rank) found.set(entry, { rank, ranges, because });
  };
  const isCode = isAlphanumeric(whole) && whole.length >= MIN_CODE_PART && /[0-9]/.test(whole);
  const steps: (() => void)[] = [
    () => offerNames(index, whole, isCode, offer),
    () => offerMixed(index, whole, found, offer),
    () => offerWords(index, words, found, offer),
    () => isCode && offerCodeParts(index, whole, offer),
    () => offerRelated(index, words, found, offer),
    () => offerLoose(index, whole, found, offer),
    () => found.size < FEW && offerSimilar(index, whole, found, offer),
  ];
  // A step only adds what ranks after everything the steps before it found, so a full page needs no further step.
  for (const step of steps) if (found.size < limit) step();
  return inOrder(found)
    .slice(0, limit)
    .map(([entry, one]) => toHit(index, entry, one));
};

type Offer = (entry: number, rank: SearchRank, ranges: readonly UnitRange[], because?: string | null) => void;
type FoundSoFar = ReadonlyMap<number, Found>;

/** The entries by rank; within `similar` by how much of the query they hold, else in the order of the index. */
const inOrder = (found: FoundSoFar): [number, Found][] =>
  [...found].sort(
    ([entry, one], [otherEntry, other]) =>
      one.rank - other.rank ||
      (one.rank === SEARCH_RANK.similar ? other.ranges.length - one.ranges.length : 0) ||
      entry - otherEntry,
  );

/**
 * Scans for `needle`; `visit` gets each text it is in and where, and answers true when that text is dealt with.
 */
const scan = (
  { text, starts }: Haystack,
  needle: string,
  visit: (nth: number, at: number, position: number) => boolean,
): void => {
  let nth = 0;
  let position = text.indexOf(needle);
  while (position >= 0) {
    while ((starts[nth + 1] ?? Infinity) <= position) nth += 1;
    const done = visit(nth, position - (starts[nth] ?? 0), position);
    position = text.indexOf(needle, done ? (starts[nth + 1] ?? text.length) : position + 1);
  }
};

const lengthOf = ({ starts }: Haystack, nth: number): number => (starts[nth + 1] ?? 0) - (starts[nth] ?? 0) - 1;

/** The whole query, spaces taken out, in one piece of the name, its pinyin or its initials. */
const offerNames = (index: SearchIndex, text: string, isCode: boolean, offer: Offer): void => {
  scan(index.names, text, (nth, at, position) => {
    const isWord = index.afterBreak[position] === 1;
    const rank =
      at > 0
        ? isWord
          ? SEARCH_RANK.nameWord
          : SEARCH_RANK.nameInside
        : text.length === lengthOf(index.names, nth)
          ? SEARCH_RANK.name
          : SEARCH_RANK.namePrefix;
    offer(nth, rank, [[at, at + text.length]]);
    return at === 0 || isWord;
  });
  if (!isAlphanumeric(text)) return;
  scanSyllables(index, text, (nth, at, from, to) => {
    const rank =
      at > 0
        ? SEARCH_RANK.pinyinInside
        : text.length === lengthOf(index.pinyin, nth)
          ? SEARCH_RANK.pinyin
          : SEARCH_RANK.pinyinPrefix;
    offer(nth, rank, [[from, to]]);
    return true;
  });
  scan(index.initials, text, (nth, at) => {
    const rank =
      at > 0
        ? SEARCH_RANK.initialsInside
        : text.length === lengthOf(index.initials, nth)
          ? SEARCH_RANK.initials
          : SEARCH_RANK.initialsPrefix;
    offer(nth, rank, [[at, at + text.length]]);
    return true;
  });
  if (isCode)
    scan(index.codes, text, (nth, at) => {
      if (at === 0 && text.length === lengthOf(index.codes, nth)) offer(nth, SEARCH_RANK.code, []);
      return true;
    });
};

/** Occurrences that begin with a syllable; a half-typed last syllable counts as its character. */
const scanSyllables = (
  { pinyin, unitOfLetter }: SearchIndex,
  text: string,
  visit: (nth: number, at: number, from: number, to: number) => boolean,
): void =>
  scan(pinyin, text, (nth, at, position) => {
    const from = unitOfLetter[position] ?? 0;
    if (at > 0 && unitOfLetter[position - 1] === from) return false;
    return visit(nth, at, from, (unitOfLetter[position + text.length - 1] ?? 0) + 1);
  });

const offerMixed = (index: SearchIndex, text: string, found: FoundSoFar, offer: Offer): void =>
  walkNames(
    index.names,
    index.exact,
    text,
    true,
    (entry) => found.has(entry),
    (entry, from, to) => offer(entry, SEARCH_RANK.mixed, [[from, to]]),
  );

const offerLoose = (index: SearchIndex, text: string, found: FoundSoFar, offer: Offer): void =>
  walkNames(
    index.names,
    index.loose,
    text,
    false,
    (entry) => found.has(entry),
    (entry, from, to) => offer(entry, SEARCH_RANK.loose, [[from, to]]),
  );

/** Entries still worth looking at, 1 each; every further word narrows them, which keeps many words cheap. */
type Candidates = Uint8Array;

/** Where one word is in the name of each candidate: by characters, pinyin and initials, else by a mixture. */
const placesOfWord = (index: SearchIndex, word: string, candidates: Candidates): Map<number, UnitRange[]> => {
  const places = new Map<number, UnitRange[]>();
  const add = (nth: number, from: number, to: number): boolean => {
    if (candidates[nth] !== 1) return true;
    const ranges = places.get(nth);
    if (ranges) ranges.push([from, to]);
    else places.set(nth, [[from, to]]);
    return false;
  };
  scan(index.names, word, (nth, at) => add(nth, at, at + word.length));
  if (isAlphanumeric(word)) {
    scanSyllables(index, word, (nth, _at, from, to) => add(nth, from, to));
    scan(index.initials, word, (nth, at) => add(nth, at, at + word.length));
  }
  walkNames(
    index.names,
    index.exact,
    word,
    true,
    (entry) => candidates[entry] !== 1 || places.has(entry),
    (entry, from, to) => add(entry, from, to),
  );
  return places;
};

const offerWords = (index: SearchIndex, words: readonly string[], found: FoundSoFar, offer: Offer): void => {
  if (words.length < 2) return;
  const candidates = new Uint8Array(index.entries.length).fill(1);
  for (const entry of found.keys()) candidates[entry] = 0;
  const placesOf = new Map<string, Map<number, UnitRange[]>>();
  // The longest word first: it leaves the fewest names for the others.
  for (const word of [...words].sort((one, other) => other.length - one.length)) {
    const places = placesOfWord(index, word, candidates);
    if (places.size === 0) return;
    candidates.fill(0);
    for (const entry of places.keys()) candidates[entry] = 1;
    placesOf.set(word, places);
  }
  candidates.forEach((isCandidate, entry) => {
    if (isCandidate === 0) return;
    const all = words.map((word) => placesOf.get(word)?.get(entry) ?? []);
    const ordered = inTypedOrder(all);
    if (ordered) offer(entry, SEARCH_RANK.wordsInOrder, ordered);
    else
      offer(
        entry,
        SEARCH_RANK.wordsInAnyOrder,
        all.flatMap((ranges) => ranges.slice(0, 1)),
      );
  });
};

/** For each word its earliest place after the word before it; undefined when there is none. */
const inTypedOrder = (all: readonly (readonly UnitRange[])[]): UnitRange[] | undefined => {
  const chosen: UnitRange[] = [];
  let from = 0;
  for (const ranges of all) {
    let best: UnitRange | undefined;
    for (const range of ranges) if (range[0] >= from && (!best || range[1] < best[1])) best = range;
    if (!best) return undefined;
    chosen.push(best);
    from = best[1];
  }
  return chosen;
};

const offerCodeParts = (index: SearchIndex, text: string, offer: Offer): void =>
  scan(index.codes, text, (nth) => {
    offer(nth, SEARCH_RANK.codePart, []);
    return true;
  });

/** Every word in the name or in one of the texts beside it, at least one of them in such a text. */
const offerRelated = (index: SearchIndex, words: readonly string[], found: FoundSoFar, offer: Offer): void => {
  const besides = words.map((word) => entriesBeside(index, word));
  const candidates = new Uint8Array(index.entries.length);
  for (const beside of besides) for (const entry of beside.keys()) if (!found.has(entry)) candidates[entry] = 1;
  const ranges = new Map<number, UnitRange[]>();
  const because = new Map<number, number>();
  words.forEach((word, nth) => {
    const beside = besides[nth];
    const inName = words.length > 1 ? placesOfWord(index, word, candidates) : undefined;
    candidates.forEach((isCandidate, entry) => {
      if (isCandidate === 0) return;
      const range = inName?.get(entry)?.[0];
      const text = beside?.get(entry);
      if (range) ranges.set(entry, [...(ranges.get(entry) ?? []), range]);
      else if (text === undefined) candidates[entry] = 0;
      else if (!because.has(entry)) because.set(entry, text);
    });
  });
  candidates.forEach((isCandidate, entry) => {
    const text = because.get(entry);
    if (isCandidate === 0 || text === undefined) return;
    const places = ranges.get(entry) ?? [];
    const rank = places.length > 0 ? SEARCH_RANK.partlyRelated : SEARCH_RANK.related;
    offer(entry, rank, places, index.relatedOriginals[text] ?? null);
  });
};

/** Entries with a text beside the name that holds `word`, and the first such text. */
const entriesBeside = (index: SearchIndex, word: string): Map<number, number> => {
  const beside = new Map<number, number>();
  if (word.length < 2) return beside;
  const add = (text: number): true => {
    for (const entry of index.relatedEntries[text] ?? []) if (!beside.has(entry)) beside.set(entry, text);
    return true;
  };
  scan(index.related, word, add);
  if (isAlphanumeric(word))
    for (const { text, pinyin, syllableStarts, initials } of index.relatedPinyin)
      if (initials.includes(word) || syllableStarts.some((at) => pinyin.startsWith(word, at))) add(text);
  return beside;
};

const offerSimilar = (index: SearchIndex, text: string, found: FoundSoFar, offer: Offer): void => {
  if (text.length < 3 || isAlphanumeric(text)) return;
  const pairs = text.length - 1;
  const places = new Map<number, UnitRange[]>();
  for (let from = 0; from < pairs; from++)
    scan(index.names, text.slice(from, from + 2), (nth, at) => {
      const ranges = places.get(nth);
      if (ranges) ranges.push([at, at + 2]);
      else places.set(nth, [[at, at + 2]]);
      return true;
    });
  for (const [entry, ranges] of places)
    if (!found.has(entry) && ranges.length / pairs >= MIN_SIMILAR) offer(entry, SEARCH_RANK.similar, ranges);
};

const toHit = (index: SearchIndex, at: number, { rank, ranges, because }: Found): SearchHit => {
  const entry = index.entries[at];
  if (!entry) throw new Error(`no entry at ${at}`);
  const { starts, ends } = normalise(index.originals[at] ?? "");
  const highlights: (readonly [number, number])[] = [];
  for (const [from, to] of [...ranges].sort((one, other) => one[0] - other[0])) {
    const start = starts[from];
    const end = ends[to - 1];
    if (start === undefined || end === undefined) continue;
    const last = highlights.at(-1);
    if (last && start <= last[1]) highlights[highlights.length - 1] = [last[0], Math.max(last[1], end)];
    else highlights.push([start, end]);
  }
  return { entry, rank, highlights, because };
};
