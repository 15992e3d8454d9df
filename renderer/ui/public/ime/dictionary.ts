import type { Catalogue } from "../../../../shared/domain/catalogue/catalogue.ts";
import type { ImeDictionary, SpelledWord } from "./candidates.ts";

let loading: Promise<ImeDictionary> | null = null;

const load = async (): Promise<ImeDictionary> => {
  const { default: raw } = await import("./dictionary.json");
  return {
    syllables: new Map(Object.entries(raw.syllables)),
    words: raw.words.map(([text = "", pinyin = ""]) => ({ text: Array.from(text), syllables: pinyin.split(" ") })),
  };
};

/** The dictionary of the input method, loaded when somebody first needs it. */
export const loadImeDictionary = (): Promise<ImeDictionary> => (loading ??= load());

const spelled = new WeakMap<Catalogue, readonly SpelledWord[]>();

/** The names of a catalogue with their pinyin, which travels with it. Made once a catalogue. */
export const spelledNames = (catalogue: Catalogue | null): readonly SpelledWord[] => {
  if (catalogue === null) return [];
  const known = spelled.get(catalogue);
  if (known) return known;
  const made = [...catalogue.items, ...catalogue.packages, ...catalogue.departments].map(({ search }) => ({
    text: Array.from(search.name),
    syllables: search.pinyin.split(" "),
  }));
  spelled.set(catalogue, made);
  return made;
};
