/** A word with the syllable of each of its characters. */
export interface SpelledWord {
  readonly text: readonly string[];
  readonly syllables: readonly string[];
}

/** What the input method knows; `syllables` maps a syllable to its characters, the likelier ones first. */
export interface ImeDictionary {
  readonly syllables: ReadonlyMap<string, string>;
  readonly words: readonly SpelledWord[];
}

/** Something to put in for the first `used` letters. */
export interface Candidate {
  readonly text: string;
  readonly used: number;
}

/** Longest word that is taken out of a name: longer ones are found by the search itself. */
const LONGEST_WORD = 8;
const MOST_WORDS = 12;
const MOST_CHARACTERS = 60;
/** Of a reading that is not the likeliest. */
const FEW_CHARACTERS = 12;

const initialOf = (syllable: string): string =>
  /^[zcs]h/.test(syllable) ? syllable.slice(0, 2) : syllable.slice(0, 1);

/** How many letters of `typed` from `at` a syllable may take: whole, by its initial, or half-typed at the end. */
const takes = (syllable: string, typed: string, at: number): readonly number[] => {
  const taken: number[] = [];
  for (let length = syllable.length; length >= 1; length -= 1) {
    const part = syllable.slice(0, length);
    if (!typed.startsWith(part, at)) continue;
    if (length === syllable.length || length === 1 || part === initialOf(syllable) || at + length === typed.length)
      taken.push(length);
  }
  return taken;
};

/**
 * How well the characters from `from` spell all of `typed`.
 * @returns the number of characters that it takes and how many of them are spelled out, or null
 */
const spell = (
  syllables: readonly string[],
  from: number,
  typed: string,
  at = 0,
): { readonly characters: number; readonly full: number } | null => {
  if (at === typed.length) return { characters: 0, full: 0 };
  const syllable = syllables[from];
  if (syllable === undefined) return null;
  let best: { readonly characters: number; readonly full: number } | null = null;
  for (const length of takes(syllable, typed, at)) {
    const rest = spell(syllables, from + 1, typed, at + length);
    if (rest === null) continue;
    const full = rest.full + (length === syllable.length ? 1 : 0);
    if (best === null || full > best.full) best = { characters: rest.characters + 1, full };
  }
  return best;
};

/** Words for all of what was typed: everyday ones, and pieces of the names, the more often they stand there the earlier. */
const wordsFor = (typed: string, dictionary: ImeDictionary, names: readonly SpelledWord[]): readonly string[] => {
  const found = new Map<string, { score: number; count: number }>();
  const note = (text: string, full: number, times: number): void => {
    const known = found.get(text);
    if (known === undefined) found.set(text, { score: full, count: times });
    else known.count += times;
  };
  for (const { text, syllables } of dictionary.words) {
    const fit = spell(syllables, 0, typed);
    // A word whose end is still missing is a good guess once two of its characters are there.
    if (fit !== null && (fit.characters === text.length || fit.characters >= 2)) note(text.join(""), fit.full, 3);
  }
  const first = typed.charAt(0);
  for (const { text, syllables } of names) {
    for (let from = 0; from < syllables.length; from += 1) {
      if (!syllables[from]?.startsWith(first)) continue;
      const fit = spell(syllables, from, typed);
      if (fit === null || fit.characters < 2 || fit.characters > LONGEST_WORD) continue;
      note(text.slice(from, from + fit.characters).join(""), fit.full, 1);
    }
  }
  return [...found]
    .sort(
      ([left, one], [right, other]) => other.score - one.score || other.count - one.count || left.length - right.length,
    )
    .slice(0, MOST_WORDS)
    .map(([text]) => text);
};

/** Whether the letters can be cut into syllables, the last of which may be half-typed. */
const canBeCut = (typed: string, syllables: ReadonlyMap<string, string>): boolean => {
  if (typed === "") return true;
  for (let length = Math.min(6, typed.length); length >= 1; length -= 1) {
    const part = typed.slice(0, length);
    const isWhole = syllables.has(part);
    const isHalf = length === typed.length && [...syllables.keys()].some((syllable) => syllable.startsWith(part));
    if ((isWhole || isHalf) && canBeCut(typed.slice(length), syllables)) return true;
  }
  return false;
};

/**
 * The syllables that what was typed may begin with, the longest first: xianggang is xiang-gang, mengaijin may be
 * meng-ai-jin or men-gai-jin. Those whose rest cannot be cut only when there are no others.
 */
const firstSyllables = (typed: string, syllables: ReadonlyMap<string, string>): readonly string[] => {
  const parts = Array.from({ length: Math.min(6, typed.length) }, (_, at) => typed.slice(0, at + 1))
    .reverse()
    .filter((part) => syllables.has(part));
  const cut = parts.filter((part) => canBeCut(typed.slice(part.length), syllables));
  return cut.length > 0 ? cut : parts.slice(0, 1);
};

const charactersFor = (typed: string, { syllables }: ImeDictionary): readonly Candidate[] => {
  const first = firstSyllables(typed, syllables);
  if (first.length > 0)
    return first.flatMap((syllable, at) =>
      Array.from(syllables.get(syllable) ?? "")
        .slice(0, at === 0 ? MOST_CHARACTERS : FEW_CHARACTERS)
        .map((text) => ({ text, used: syllable.length })),
    );
  // Only an initial so far: a little of every syllable that it may become.
  const initial = /^[zcs]h/.test(typed) ? typed.slice(0, 2) : typed.slice(0, 1);
  const used = initial.length;
  return [...syllables]
    .filter(([each]) => each.startsWith(initial))
    .flatMap(([, characters]) => Array.from(characters).slice(0, 2))
    .map((text) => ({ text, used }));
};

/** The letters at the end of a text that are still to be turned into characters. */
export const composingPart = (text: string): string => /[a-z]+$/.exec(text)?.[0] ?? "";

/**
 * What the letters may stand for: words for all of them first, then the characters of the first syllable.
 * @param typed small Latin letters: pinyin without tones, initials, or both
 * @param names names with their pinyin, pieces of which are words here (the catalogue)
 */
export const candidatesFor = (
  typed: string,
  dictionary: ImeDictionary,
  names: readonly SpelledWord[],
): readonly Candidate[] => {
  if (typed === "") return [];
  const words = typed.length < 2 ? [] : wordsFor(typed, dictionary, names);
  const beginnings = dictionary.words
    .map(({ text, syllables }) => ({ text: text.join(""), letters: syllables.join("") }))
    .filter(({ letters }) => letters.length < typed.length && typed.startsWith(letters))
    .sort((one, other) => other.letters.length - one.letters.length)
    .map(({ text, letters }) => ({ text, used: letters.length }));
  const characters = charactersFor(typed, dictionary);
  const seen = new Set(words);
  return [
    ...words.map((text) => ({ text, used: typed.length })),
    ...beginnings,
    ...characters.filter(({ text }) => !seen.has(text)),
  ];
};

/** The text after a candidate was chosen: it stands for the first letters of the composing part. */
export const putIn = (text: string, { text: chosen, used }: Candidate): string => {
  const typed = composingPart(text);
  return text.slice(0, text.length - typed.length) + chosen + typed.slice(used);
};
