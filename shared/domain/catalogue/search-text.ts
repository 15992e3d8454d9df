/** A text reduced to what is compared, with the way back to the original for highlighting. */
export interface NormalisedText {
  /** Lower-case letters and digits and characters only, one UTF-16 unit each. */
  readonly text: string;
  /** For each unit of `text`, the [start, end) of the original character it comes from. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** For each unit of `text`, the original character, which a pinyin dictionary may know where `text` has a stand-in. */
  readonly characters: readonly string[];
}

const LATIN = /\p{Script=Latin}/u;
const MARKS = /\p{M}/gu;
const KEPT = /[\p{L}\p{N}]/u;
const HAN_BMP_FROM = 0x4e00;
const HAN_BMP_TO = 0x9fff;
const PRIVATE_USE_FROM = 0xe000;
const PRIVATE_USE_SIZE = 0x1900;

/** Full-width and compatibility forms to plain ones, lower case, ü to v, accents and tone marks off. */
const foldCharacter = (character: string): string => {
  const plain = character.normalize("NFKC").toLowerCase();
  if (!LATIN.test(plain)) return plain;
  // ü survives as the v that pinyin input methods use; ǜ and its like decompose into ü and a tone mark.
  return plain
    .normalize("NFD")
    .replace(/u(\p{M}*)\u0308/gu, "v$1")
    .replace(MARKS, "");
};

/**
 * Reduces a name or a query for comparing: NFKC, lower case, no punctuation, no spaces.
 * Characters beyond the BMP (rare ones of names) are folded to one private-use unit each, so that in every key one
 * character is one unit and one pinyin token; two different ones may rarely fall together, which a search can bear.
 */
export const normalise = (original: string): NormalisedText => {
  let text = "";
  const starts: number[] = [];
  const ends: number[] = [];
  const characters: string[] = [];
  let at = 0;
  for (const character of original) {
    const end = at + character.length;
    const code = character.codePointAt(0) ?? 0;
    const folded = code >= HAN_BMP_FROM && code <= HAN_BMP_TO ? character : foldCharacter(character);
    for (const part of folded) {
      if (!KEPT.test(part)) continue;
      const partCode = part.codePointAt(0) ?? 0;
      text += partCode > 0xffff ? String.fromCharCode(PRIVATE_USE_FROM + (partCode % PRIVATE_USE_SIZE)) : part;
      starts.push(at);
      ends.push(end);
      characters.push(part);
    }
    at = end;
  }
  return { text, starts, ends, characters };
};

/** The words of a query, normalised; anything that is neither letter nor digit separates them (also the ' of xi'an). */
export const queryWords = (query: string): string[] => {
  const words: string[] = [];
  for (const piece of query.normalize("NFKC").split(/[^\p{L}\p{N}\p{M}]+/u)) {
    const word = normalise(piece).text;
    if (word !== "") words.push(word);
  }
  return words;
};

/** lüe and nüe, which nearly everybody types lue and nue, are kept so; a typed lve is accepted as a loose spelling. */
export const canonicalSyllable = (syllable: string): string => syllable.replace(/^([ln])ve$/, "$1ue");

/** True for a text of Latin letters and digits only, that is, one that may be pinyin, initials or a code. */
export const isAlphanumeric = (text: string): boolean => /^[a-z0-9]+$/.test(text);

const INITIAL_PAIRS: readonly (readonly [string, string])[] = [
  ["zh", "z"],
  ["ch", "c"],
  ["sh", "s"],
  ["n", "l"],
];
const FINAL_PAIRS: readonly (readonly [string, string])[] = [
  ["ang", "an"],
  ["eng", "en"],
  ["ing", "in"],
];

const SYLLABLE = /^(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([a-z]+)$/;

/**
 * How else a syllable may be typed by someone whose dialect does not tell zh/z, sh/s, ch/c, n/l or -ng/-n apart, and
 * lu or lyu for lü; the syllable itself comes first.
 */
export const spellingsOf = (syllable: string): readonly string[] => {
  const parts = SYLLABLE.exec(syllable);
  if (!parts) return [syllable];
  const initial = parts[1] ?? "";
  const final = parts[2] ?? "";
  const initials = new Set([initial]);
  for (const [one, other] of INITIAL_PAIRS) {
    if (initial === one) initials.add(other);
    if (initial === other) initials.add(one);
  }
  const finals = new Set([final]);
  for (const [one, other] of FINAL_PAIRS) {
    if (final.endsWith(one)) finals.add(final.slice(0, -one.length) + other);
    else if (final.endsWith(other)) finals.add(final.slice(0, -other.length) + one);
  }
  if (final === "v") finals.add("u").add("yu");
  if (final === "ue" && (initial === "l" || initial === "n")) finals.add("ve");
  const spellings = new Set([syllable]);
  for (const first of initials) for (const rest of finals) spellings.add(first + rest);
  return [...spellings];
};
