/** GB 18030 encoding by turning the platform's own decoder around: two-byte codes first, four-byte ones only when needed. */
const decodeAll = (bytes: Uint8Array): string => new TextDecoder("gb18030").decode(bytes);

const REPLACEMENT = "\uFFFD";

let twoByte: Map<string, readonly number[]> | null = null;
let fourByte: Map<string, readonly number[]> | null = null;

/** Each code is decoded by itself as part of one text, with line feeds between, so that none can spill into the next. */
const reverse = (codes: readonly (readonly number[])[]): Map<string, readonly number[]> => {
  const bytes = Uint8Array.from(codes.flatMap((code) => [...code, 0x0a]));
  const map = new Map<string, readonly number[]>();
  decodeAll(bytes)
    .split("\n")
    .forEach((char, index) => {
      const code = codes[index];
      if (code && char !== "" && char !== REPLACEMENT && !map.has(char)) map.set(char, code);
    });
  return map;
};

const twoByteCodes = (): number[][] => {
  const codes: number[][] = [];
  for (let lead = 0x81; lead <= 0xfe; lead += 1)
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) codes.push([lead, trail]);
  return codes;
};

/** Linear positions of four-byte codes; the basic plane ends at 39419, the supplementary planes begin at 189000. */
const LAST_BASIC = 39_419;
const FIRST_SUPPLEMENTARY = 189_000;

const fourByteCode = (position: number): number[] => [
  0x81 + Math.floor(position / 12_600),
  0x30 + (Math.floor(position / 1260) % 10),
  0x81 + (Math.floor(position / 10) % 126),
  0x30 + (position % 10),
];

const shortCode = (char: string): readonly number[] | undefined => {
  const point = char.codePointAt(0) ?? 0;
  if (point < 0x80) return [point];
  twoByte ??= reverse(twoByteCodes());
  return twoByte.get(char);
};

const encodeChar = (char: string): readonly number[] => {
  const point = char.codePointAt(0) ?? 0x3f;
  if (point > 0xffff) return fourByteCode(FIRST_SUPPLEMENTARY + point - 0x10000);
  const short = shortCode(char);
  if (short) return short;
  fourByte ??= reverse(Array.from({ length: LAST_BASIC + 1 }, (_, position) => fourByteCode(position)));
  return fourByte.get(char) ?? [0x3f];
};

/** `text` as GB 18030 bytes; what has no code becomes "?". */
export const encodeGb18030 = (text: string): number[] => Array.from(text).flatMap((char) => [...encodeChar(char)]);

/** Whether each character has a code of one or two bytes: the glyphs of the longer codes are missing in most printers. */
export const isShortGb18030 = (text: string): boolean =>
  Array.from(text).every((char) => shortCode(char) !== undefined);
