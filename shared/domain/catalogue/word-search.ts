import { z } from "zod";
import { SEARCH_RANK, searchCatalogue, type SearchHit, type SearchIndex } from "./search.ts";

/**
 * Words of everyday life by language, and what the Chinese names of services say in their place: official names are
 * published in Chinese only, and who cannot read them cannot type them either.
 */
const rowSchema = z
  .object({
    /** Pieces of Chinese names, the closest first. */
    find: z.array(z.string().min(1)).min(1),
    /** Longer pieces in which one of `find` means something else. */
    not: z.array(z.string().min(1)).optional(),
    en: z.array(z.string().min(1)).min(1),
  })
  .catchall(z.array(z.string().min(1)).min(1));
export type ServiceWord = Readonly<z.infer<typeof rowSchema>>;

export const serviceWordsSchema = z.object({
  /** What people come with. */
  topics: z.array(rowSchema),
  /** What is done about it (renewal, a look at the progress), the one that says most first. */
  acts: z.array(rowSchema),
});
export type ServiceWords = Readonly<z.infer<typeof serviceWordsSchema>>;

/** A word that a reader may choose or type, and the Chinese it stands for. */
export interface Topic {
  readonly label: string;
  readonly row: ServiceWord;
  /** All ways to type it in the reader's language, each cut into words. */
  readonly own: readonly (readonly string[])[];
  /** The same in English, for other languages. */
  readonly english: readonly (readonly string[])[];
}

/** A hit, and by which word of the reader's language it was found; null when by its own name. */
export interface WordHit extends SearchHit {
  readonly topic: string | null;
}

export interface WordSearch {
  readonly topics: readonly Topic[];
  /** The topics that the query may mean, best first, and the services of the best of them before those of its letters. */
  readonly ask: (query: string, limit: number) => { readonly topics: readonly Topic[]; readonly hits: WordHit[] };
}

/** Most topics whose services are listed for one query, so that a keystroke stays quick. */
const LISTED_TOPICS = 3;
const OFFERED_TOPICS = 8;
const MOST_RELATED = 10;
/** A shorter word alone (a, of) says too little. */
const TELLING_LETTERS = 4;
/** A fit by the words of a phrase in another order comes after all that begin as typed. */
const LATER = 1_000;
/** An English word comes after all words of the reader's own language that begin as typed: German `Brand` is a fire. */
const ENGLISH = 100;
const MISS = Infinity;

/** Without case and accents, which a screen's keyboard does not have; Korean syllables as their letters. */
const wordsOf = (text: string): string[] =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** As Germans write without their own keys: `Fuehrerschein`. */
const withoutUmlauts = (text: string): string => text.replace(/[äöü]/gi, (letter) => `${wordsOf(letter).join("")}e`);

/** The words of one language; English ones are understood in each, because every keyboard can write them. */
export const topicsIn = (table: readonly ServiceWord[], language: string): Topic[] =>
  table.map((row) => {
    const own = row[language] ?? row.en;
    const written = language === "de" ? [...own, ...own.map(withoutUmlauts)] : own;
    return {
      label: own[0] ?? "",
      row,
      own: [...new Set(written)].map(wordsOf),
      english: row.en.filter((word) => !own.includes(word)).map(wordsOf),
    };
  });

/** Whether a name says the word, not only something longer that means something else. */
const says = (name: string, { find, not = [] }: ServiceWord): boolean => {
  const rest = not.reduce((text, other) => text.replaceAll(other, " "), name);
  return find.some((piece) => rest.includes(piece));
};

/** More words than that tell no more. */
const MOST_ABOUT = 2;

/**
 * What a service is about, roughly, for whoever cannot read its Chinese name: up to two things and what is done about them;
 * nothing when the name has none of the things: what is done, without to what, misleads.
 */
export const glossOf = (name: string, { topics, acts }: ServiceWords, language: string): readonly string[] => {
  const wordsFor = (rows: readonly ServiceWord[]): string[] =>
    rows.filter((row) => says(name, row)).map((row) => (row[language] ?? row.en)[0] ?? "");
  const things = wordsFor(topics).slice(0, MOST_ABOUT);
  return things.length === 0 ? [] : [...new Set([...things, ...wordsFor(acts).slice(0, 1)])];
};

/** The phrase itself, its beginning, or each typed word the beginning of one of its words; the less is left to type the better. */
const fitOf = (phrase: readonly string[], typed: readonly string[]): number => {
  const whole = phrase.join("");
  const query = typed.join("");
  const rest = whole.length - query.length;
  if (whole.startsWith(query)) return rest;
  return typed.every((word) => phrase.some((each) => each.startsWith(word))) ? LATER + rest : MISS;
};

/** How many typed words stand whole in the phrase, among others that do not: `renew my passport`. */
const sharedWords = (phrase: readonly string[], typed: readonly string[]): number =>
  typed.filter((word) => word.length >= TELLING_LETTERS && phrase.includes(word)).length;

const best = (topics: readonly Topic[], costOf: (phrase: readonly string[]) => number): Topic[] =>
  topics
    .map((topic) => ({
      topic,
      cost: Math.min(...topic.own.map(costOf), ...topic.english.map((phrase) => ENGLISH + costOf(phrase))),
    }))
    .filter(({ cost }) => cost < MISS)
    .sort((one, other) => one.cost - other.cost)
    .map(({ topic }) => topic);

/** The topics that a query may mean, best first, in the order of the table among equals. */
export const topicsFor = (topics: readonly Topic[], query: string): Topic[] => {
  const typed = wordsOf(query);
  const letters = typed.join("");
  if (letters === "" || (letters.length < 2 && /[a-z0-9]/.test(letters))) return [];
  const fitting = best(topics, (phrase) => fitOf(phrase, typed));
  if (fitting.length > 0) return fitting;
  const most = Math.max(
    ...topics.flatMap(({ own, english }) => [...own, ...english].map((phrase) => sharedWords(phrase, typed))),
  );
  return most === 0 ? [] : best(topics, (phrase) => (sharedWords(phrase, typed) === most ? 0 : MISS));
};

const nameOfEntry = (entry: SearchHit["entry"]): string =>
  entry.kind === "item" ? entry.item.name : entry.package.name;

/** Prepares the search for readers of another language than Chinese. */
export const createWordSearch = (index: SearchIndex, topics: readonly Topic[]): WordSearch => {
  const known = new Map<Topic, WordHit[]>();
  const hitsOf = (topic: Topic, limit: number): WordHit[] => {
    const before = known.get(topic);
    if (before) return before;
    const found = topic.row.find
      .flatMap((name) => searchCatalogue(index, name, limit))
      .filter(
        ({ rank, entry }) =>
          rank <= SEARCH_RANK.related && (rank >= SEARCH_RANK.codePart || says(nameOfEntry(entry), topic.row)),
      )
      .map((hit) => ({ ...hit, topic: topic.label }));
    // What only has it beside the name is mostly something that asks for it: a passport is shown for a hundred services.
    const named = found.filter(({ rank }) => rank < SEARCH_RANK.codePart);
    const hits = named.length > 0 ? named : found.slice(0, MOST_RELATED);
    known.set(topic, hits);
    return hits;
  };
  return {
    topics,
    ask: (query, limit) => {
      const meant = topicsFor(topics, query).slice(0, OFFERED_TOPICS);
      const typed = searchCatalogue(index, query, limit).map((hit) => ({ ...hit, topic: null }));
      const hits = new Map<SearchHit["entry"], WordHit>();
      const lists = [
        typed.filter(({ rank }) => rank <= SEARCH_RANK.initials),
        ...meant.slice(0, LISTED_TOPICS).map((topic) => hitsOf(topic, limit)),
        typed,
      ];
      for (const hit of lists.flat()) if (!hits.has(hit.entry)) hits.set(hit.entry, hit);
      return { topics: meant, hits: [...hits.values()].slice(0, limit) };
    },
  };
};
