import type { Catalogue, CatalogueEntry, SearchKeys } from "./catalogue.ts";
import { normalise, spellingsOf } from "./search-text.ts";

/**
 * Many short texts in one string, each followed by a line feed, because one native scan over all of them is some ten
 * times faster than one per text. A text is found by its place: `starts[n]` is where the n-th begins.
 */
export interface Haystack {
  readonly text: string;
  /** One more than there are texts: the last one is the end. */
  readonly starts: Uint32Array;
}

/** Everything here is by entry, or by position in `names.text` ("unit"), which is one character and one syllable. */
export interface SearchIndex {
  /** In the order in which equals are shown. */
  readonly entries: readonly CatalogueEntry[];
  readonly originals: readonly string[];
  readonly codes: Haystack;
  readonly names: Haystack;
  /** Aligned with `names`. */
  readonly initials: Haystack;
  /** Syllables of each name without spaces. */
  readonly pinyin: Haystack;
  /** For each letter of `pinyin.text`, the unit of its entry (counted within the entry) that it belongs to. */
  readonly unitOfLetter: Uint16Array;
  /** 1 where a unit follows punctuation or a space that was taken out of the name. */
  readonly afterBreak: Uint8Array;
  /** The unit's syllable, as the only way to type it but its character and its initial. */
  readonly exact: Spellings;
  /** With other readings of the character and spellings of those who do not tell zh/z … apart. */
  readonly loose: Spellings;
  readonly related: Haystack;
  readonly relatedOriginals: readonly string[];
  /** Per text of `related`: the entries it stands beside. */
  readonly relatedEntries: readonly (readonly number[])[];
  /** Texts of `related` that can also be found by pinyin: the departments. */
  readonly relatedPinyin: readonly TextByPinyin[];
}

export interface TextByPinyin {
  /** Which text of `related`. */
  readonly text: number;
  readonly pinyin: string;
  /** Where in `pinyin` a syllable begins. */
  readonly syllableStarts: readonly number[];
  readonly initials: string;
}

/** How units may be typed, with masks (a bit per letter a-z) that rule most units out by the first two letters. */
export interface Spellings {
  readonly of: readonly (readonly string[])[];
  readonly firstLetters: Uint32Array;
  readonly secondLetters: Uint32Array;
}

/** The bit of a letter a-z in a mask; 0 for any other character or none. */
export const letterBit = (text: string, at: number): number => {
  const letter = text.charCodeAt(at) - 97;
  return letter >= 0 && letter < 26 ? 1 << letter : 0;
};

interface Row {
  readonly entry: CatalogueEntry;
  readonly name: string;
  readonly code: string;
  readonly search: SearchKeys;
  readonly related: readonly string[];
}

/**
 * Prepares a catalogue for `searchCatalogue`; some tens of milliseconds for 2,300 entries, once per catalogue version.
 * Entries are put in the order in which equals are shown: shorter names first, packages before items, then by name.
 */
export const createSearchIndex = (catalogue: Catalogue): SearchIndex => {
  const rows = rowsOf(catalogue);
  const names = haystack(rows.map((row) => row.search.name));
  const tokens = rows.map((row) => (row.search.pinyin === "" ? [] : row.search.pinyin.split(" ")));
  const pinyin = haystack(tokens.map((syllables) => syllables.join("")));
  return {
    entries: rows.map((row) => row.entry),
    originals: rows.map((row) => row.name),
    codes: haystack(rows.map((row) => row.code.toLowerCase())),
    names,
    initials: haystack(rows.map((row) => row.search.initials)),
    pinyin,
    unitOfLetter: unitsOfLetters(pinyin, tokens),
    afterBreak: breaks(names, rows),
    ...spellingTables(names, rows, tokens),
    ...relatedTexts(catalogue, rows),
  };
};

const rowsOf = (catalogue: Catalogue): Row[] => {
  const eventNames = new Map(catalogue.lifeEvents.map((event) => [event.id, [event.zh, event.en]]));
  const namesOfEvents = (ids: readonly string[]): string[] => ids.flatMap((id) => eventNames.get(id) ?? []);
  const packages = catalogue.packages.map((thing): Row => ({
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
  }));
  const items = catalogue.items.map((item): Row => ({
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
  }));
  return [...packages, ...items].sort(
    (one, other) =>
      one.search.name.length - other.search.name.length ||
      compare(other.entry.kind, one.entry.kind) ||
      compare(one.search.name, other.search.name) ||
      compare(one.code, other.code),
  );
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

const haystack = (texts: readonly string[]): Haystack => {
  const starts = new Uint32Array(texts.length + 1);
  let end = 0;
  texts.forEach((text, nth) => {
    starts[nth] = end;
    end += text.length + 1;
  });
  starts[texts.length] = end;
  return { text: texts.map((text) => `${text}\n`).join(""), starts };
};

const unitsOfLetters = (pinyin: Haystack, tokens: readonly (readonly string[])[]): Uint16Array => {
  const unitOfLetter = new Uint16Array(pinyin.text.length);
  tokens.forEach((syllables, nth) => {
    let letter = pinyin.starts[nth] ?? 0;
    syllables.forEach((syllable, unit) => {
      unitOfLetter.fill(unit, letter, letter + syllable.length);
      letter += syllable.length;
    });
    // The line feed, so that a match that ends with the name has a unit to end before.
    unitOfLetter[letter] = syllables.length;
  });
  return unitOfLetter;
};

const breaks = (names: Haystack, rows: readonly Row[]): Uint8Array => {
  const afterBreak = new Uint8Array(names.text.length);
  rows.forEach((row, nth) => {
    const { starts, ends } = normalise(row.name);
    const base = names.starts[nth] ?? 0;
    for (let unit = 1; unit < starts.length; unit++)
      if ((starts[unit] ?? 0) > (ends[unit - 1] ?? 0)) afterBreak[base + unit] = 1;
  });
  return afterBreak;
};

const NO_SPELLINGS: readonly string[] = [];

const spellingTables = (
  names: Haystack,
  rows: readonly Row[],
  tokens: readonly (readonly string[])[],
): { exact: Spellings; loose: Spellings } => {
  const exact = new Array<readonly string[]>(names.text.length).fill(NO_SPELLINGS);
  const loose = new Array<readonly string[]>(names.text.length).fill(NO_SPELLINGS);
  // There are some 400 syllables for 45,000 units: one list for each, shared.
  const lists = new Map<string, readonly string[]>();
  const listOf = (key: string, make: () => readonly string[]): readonly string[] => {
    const list = lists.get(key) ?? make();
    lists.set(key, list);
    return list;
  };
  rows.forEach((row, nth) => {
    const base = names.starts[nth] ?? 0;
    const otherReadings = new Map<number, string[]>();
    for (const [unit, reading] of row.search.otherReadings)
      otherReadings.set(unit, [...(otherReadings.get(unit) ?? []), reading]);
    (tokens[nth] ?? []).forEach((syllable, unit) => {
      if (syllable === row.search.name[unit]) return;
      const readings = [syllable, ...(otherReadings.get(unit) ?? [])];
      exact[base + unit] = listOf(syllable, () => [syllable]);
      loose[base + unit] = listOf(`loose ${readings.join(" ")}`, () => [...new Set(readings.flatMap(spellingsOf))]);
    });
  });
  return { exact: withMasks(names.text, exact, true), loose: withMasks(names.text, loose, false) };
};

const withMasks = (text: string, of: readonly (readonly string[])[], initialsToo: boolean): Spellings => {
  const firstLetters = new Uint32Array(text.length);
  const secondLetters = new Uint32Array(text.length);
  for (let unit = text.length - 1; unit >= 0; unit--) {
    const next = firstLetters[unit + 1] ?? 0;
    let first = letterBit(text, unit);
    let second = first === 0 && !initialsToo ? 0 : next;
    for (const spelling of of[unit] ?? NO_SPELLINGS) {
      first |= letterBit(spelling, 0);
      second |= spelling.length > 1 ? letterBit(spelling, 1) : next;
    }
    firstLetters[unit] = first;
    secondLetters[unit] = second;
  }
  return { of, firstLetters, secondLetters };
};

const relatedTexts = (
  catalogue: Catalogue,
  rows: readonly Row[],
): Pick<SearchIndex, "related" | "relatedOriginals" | "relatedEntries" | "relatedPinyin"> => {
  const entriesOf = new Map<string, number[]>();
  rows.forEach((row, nth) => {
    for (const text of new Set(row.related)) {
      const entries = entriesOf.get(text);
      if (entries) entries.push(nth);
      else entriesOf.set(text, [nth]);
    }
  });
  const originals = [...entriesOf.keys()];
  const departments = new Map(catalogue.departments.map((department) => [department.name, department.search]));
  return {
    related: haystack(originals.map((original) => normalise(original).text)),
    relatedOriginals: originals,
    relatedEntries: [...entriesOf.values()],
    relatedPinyin: originals.flatMap((original, text) => {
      const search = departments.get(original);
      return search ? [textByPinyin(text, search)] : [];
    }),
  };
};

const textByPinyin = (text: number, search: SearchKeys): TextByPinyin => {
  const syllableStarts: number[] = [];
  let at = 0;
  for (const syllable of search.pinyin.split(" ")) {
    syllableStarts.push(at);
    at += syllable.length;
  }
  return { text, pinyin: search.pinyin.replaceAll(" ", ""), syllableStarts, initials: search.initials };
};
