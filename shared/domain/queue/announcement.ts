/** Languages for which there are clips; which ones a call is spoken in is the hall's setting or the ticket's. */
export type VoiceLanguage = "zh-CN" | "en";

export interface Announcement {
  /** As printed: letters, then digits, perhaps `+1` (`A012`, `YB103`, `A981+1`). */
  readonly number: string;
  /** The counter's number as people see it, 1-99. */
  readonly counter: number;
  readonly language: VoiceLanguage;
}

/** Times a call is spoken in each of its languages (domain.md, Queue: "twice, with a chime"). */
const TIMES = 2;
const CHIME = "chime";
const PAUSE_PREFIX = "pause-";
/** A breath where the sentence has its comma, a rest before it is said again; ms. */
const COMMA = `${PAUSE_PREFIX}180`;
const REST = `${PAUSE_PREFIX}600`;

const NUMBER = /^([A-Z]+)([0-9]+)(?:\+([0-9]+))?$/;

interface NumberParts {
  readonly letters: readonly string[];
  readonly digits: readonly string[];
  readonly extra: readonly string[];
}

const partsOf = ({ number, counter }: Pick<Announcement, "number" | "counter">): NumberParts => {
  const parts = NUMBER.exec(number);
  if (!parts) throw new RangeError(`not a ticket number: ${number}`);
  if (!Number.isInteger(counter) || counter < 1 || counter > 99) throw new RangeError(`not a counter: ${counter}`);
  return { letters: [...(parts[1] ?? "")], digits: [...(parts[2] ?? "")], extra: [...(parts[3] ?? "")] };
};

/** Milliseconds of silence that a clip id stands for (`pause-180`), or undefined when it names a recording. */
export const pauseOf = (clipId: string): number | undefined =>
  clipId.startsWith(PAUSE_PREFIX) ? Number(clipId.slice(PAUSE_PREFIX.length)) : undefined;

/**
 * The joined recordings of one call, in playing order: chime, then the sentence twice.
 * Letters and digits of the number are spoken one by one, so that A001 is never "one hundred" or "A one" (field.md,
 * invariant 6); the counter is read as a number (十二号窗口, counter twelve). A clip id is the recording's path without
 * ending under renderer/public/voice; `pause-180` is silence of that many ms.
 * @throws RangeError for a number or a counter that cannot be spoken
 */
export const announcementClips = ({ number, counter, language }: Announcement): readonly string[] =>
  announcementClipsIn({ number, counter, languages: [language] });

/**
 * As `announcementClips`, for a call in several languages: one chime, then each language in the order given.
 * @param times how often each sentence is said; once when many people wait to be called
 */
export const announcementClipsIn = ({
  number,
  counter,
  languages,
  times = TIMES,
}: Pick<Announcement, "number" | "counter"> & {
  readonly languages: readonly VoiceLanguage[];
  readonly times?: number;
}): readonly string[] => {
  const parts = partsOf({ number, counter });
  const clips = [CHIME];
  for (const language of languages) {
    const sentence = language === "zh-CN" ? chineseSentence(parts, counter) : englishSentence(parts, counter);
    for (let time = 0; time < times; time++) {
      if (clips.length > 1) clips.push(REST);
      clips.push(...sentence);
    }
  }
  return clips;
};

const spelled = (language: VoiceLanguage, { letters, digits, extra }: NumberParts): string[] => [
  ...letters.map((letter) => `${language}/letter-${letter.toLowerCase()}`),
  ...digits.map((digit) => `${language}/d${digit}`),
  ...(extra.length > 0 ? [`${language}/plus`, ...extra.map((digit) => `${language}/d${digit}`)] : []),
];

const chineseSentence = (parts: NumberParts, counter: number): string[] => [
  "zh-CN/please",
  ...spelled("zh-CN", parts),
  "zh-CN/number",
  COMMA,
  "zh-CN/go-to",
  ...chineseNumeral(counter).map((part) => (part === 10 ? "zh-CN/n10" : `zh-CN/d${part}`)),
  "zh-CN/counter",
];

const englishSentence = (parts: NumberParts, counter: number): string[] => [
  "en/number",
  ...spelled("en", parts),
  COMMA,
  "en/please-go-to-counter",
  ...englishNumeral(counter),
];

/** 12 = 十二, 20 = 二十, 21 = 二十一: the parts as spoken, ten standing for 十. */
const chineseNumeral = (number: number): number[] => {
  const tens = Math.floor(number / 10);
  const ones = number % 10;
  return [...(tens > 1 ? [tens] : []), ...(tens > 0 ? [10] : []), ...(ones > 0 ? [ones] : [])];
};

const englishNumeral = (number: number): string[] => {
  if (number < 10) return [`en/d${number}`];
  if (number < 20) return [`en/n${number}`];
  const ones = number % 10;
  return [`en/n${number - ones}`, ...(ones > 0 ? [`en/d${ones}`] : [])];
};

const CHINESE_DIGITS = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

/**
 * The sentence of a call, for captions and screen readers: 请 A012 号，到 3 号窗口.
 * @throws RangeError as `announcementClips`
 */
export const announcementText = ({ number, counter, language }: Announcement): string => {
  partsOf({ number, counter });
  return language === "zh-CN"
    ? `请 ${number} 号，到 ${counter} 号窗口`
    : `Number ${number}, please go to counter ${counter}`;
};

/**
 * The sentence spelled out for a system voice, which would else read A012 as it likes: 请 A 零 一 二 号，到 十二 号窗口.
 * @throws RangeError as `announcementClips`
 */
export const announcementSpeech = ({ number, counter, language }: Announcement): string => {
  const { letters, digits, extra } = partsOf({ number, counter });
  if (language === "en") {
    const plus = extra.length > 0 ? ["plus", ...extra] : [];
    return `Number ${[...letters, ...digits, ...plus].join(" ")}, please go to counter ${counter}`;
  }
  const read = (digit: string): string => CHINESE_DIGITS[Number(digit)] ?? digit;
  const plus = extra.length > 0 ? ["加", ...extra.map(read)] : [];
  const numeral = chineseNumeral(counter).map((part) => (part === 10 ? "十" : read(String(part))));
  return `请 ${[...letters, ...digits.map(read), ...plus].join(" ")} 号，到 ${numeral.join("")} 号窗口`;
};
