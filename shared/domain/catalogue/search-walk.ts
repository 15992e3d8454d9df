import { letterBit, type Haystack, type Spellings } from "./search-index.ts";

/** Longest step: zhuang, chuang, shuang, and the loose spellings made of them. */
const MAX_STEP = 7;
const DEAD_END_BASE = 1024;
/** A shallow dead end costs less to find again than to remember. */
const DEAD_END_DEPTH = 3;

interface Walk {
  readonly names: string;
  readonly spellings: Spellings;
  readonly text: string;
  readonly initialsToo: boolean;
  /** Dead ends, as unit and offset in one number: without them a long query takes exponential time. */
  readonly deadEnds: Set<number>;
}

/**
 * Every entry of which a run of characters can be typed as `text`, each character as itself, as a spelling of its
 * syllable (the last one may be half typed) or, with `initialsToo`, as its initial; z and zh are both initials of zhang.
 * @param skip entries that need not be looked at
 * @param visit gets the entry and the [from, to) of the first such run, in units counted within the entry
 */
export const walkNames = (
  names: Haystack,
  spellings: Spellings,
  text: string,
  initialsToo: boolean,
  skip: (entry: number) => boolean,
  visit: (entry: number, from: number, to: number) => void,
): void => {
  if (text.length < 2) return;
  const walk: Walk = { names: names.text, spellings, text, initialsToo, deadEnds: new Set() };
  const { firstLetters, secondLetters } = spellings;
  const first = letterBit(text, 0);
  const second = letterBit(text, 1);
  const firstCode = text.charCodeAt(0);
  const { starts } = names;
  for (let entry = 0; entry + 1 < starts.length; entry++) {
    if (skip(entry)) continue;
    const base = starts[entry] ?? 0;
    const end = starts[entry + 1] ?? 0;
    for (let unit = base; unit < end; unit++) {
      if (first === 0 ? names.text.charCodeAt(unit) !== firstCode : ((firstLetters[unit] ?? 0) & first) === 0) continue;
      if (first !== 0 && second !== 0 && ((secondLetters[unit] ?? 0) & second) === 0) continue;
      const to = walkFrom(walk, unit, 0);
      if (to < 0) continue;
      visit(entry, unit - base, to - base);
      break;
    }
  }
};

/** The unit after the match of the text from `at` on, beginning with `unit`; -1 when it does not match. */
const walkFrom = (walk: Walk, unit: number, at: number): number => {
  const { text, deadEnds } = walk;
  if (at === text.length) return unit;
  const spellings = walk.spellings.of[unit];
  if (spellings === undefined || (at >= DEAD_END_DEPTH && deadEnds.has(unit * DEAD_END_BASE + at))) return -1;
  let steps = walk.names[unit] === text[at] ? 1 << 1 : 0;
  for (const spelling of spellings) {
    if (spelling.charCodeAt(0) !== text.charCodeAt(at)) continue;
    if (text.startsWith(spelling, at)) steps |= 1 << spelling.length;
    else if (text.length - at < spelling.length && spelling.startsWith(text.slice(at))) return unit + 1;
    if (!walk.initialsToo) continue;
    steps |= 1 << 1;
    if (spelling.charAt(1) === "h" && text[at + 1] === "h") steps |= 1 << 2;
  }
  // Longest first, so that a highlight covers no more characters than were typed.
  for (let step = MAX_STEP; step > 0; step--) {
    if ((steps & (1 << step)) === 0) continue;
    const to = walkFrom(walk, unit + 1, at + step);
    if (to >= 0) return to;
  }
  if (at >= DEAD_END_DEPTH) deadEnds.add(unit * DEAD_END_BASE + at);
  return -1;
};
