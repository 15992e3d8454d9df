/**
 * The frames between a terminal and an ID card reader (GA 450, 115200 8N1):
 * AA AA AA 96 69, two bytes of length (big endian, of all that follows), content, and a check byte: the XOR of length and
 * content. The content is CMD, Para and data on the way out; SW1 SW2 SW3 and data on the way back.
 */
const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;

/** Longer than any answer there is (text, photo and fingerprints are 2,321 bytes): a length beyond it is noise. */
const MAX_LENGTH = 4_096;

export const idReaderCommands = {
  /** Is the security module well? */
  status: [0x11, 0xff],
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  /** Text and photo. */
  readBase: [0x30, 0x01],
} as const satisfies Readonly<Record<string, readonly number[]>>;

/** SW3 of an answer. */
export const answerCode = { done: 0x90, found: 0x9f, notFound: 0x80, notSelected: 0x81, notRead: 0x41 } as const;

/** A frame around some content, check byte included. */
export const encodeFrame = (content: ArrayLike<number>): Uint8Array => {
  const length = content.length + 1;
  const checked = [length >> 8, length & 0xff, ...Array.from(content)];
  return Uint8Array.of(
    ...PREAMBLE,
    ...checked,
    checked.reduce((xor, byte) => xor ^ byte, 0),
  );
};

/** What the line brought: a frame's content, or the news that the bytes were none. */
export type FrameNews = { readonly kind: "frame"; readonly content: Uint8Array } | { readonly kind: "garbage" };

/** Puts frames together out of bytes as they come. Noise before a preamble is skipped; a bad check byte is told. */
export class FrameReader {
  private held: number[] = [];

  /** Forgets what has come so far. */
  reset(): void {
    this.held = [];
  }

  feed(bytes: ArrayLike<number>): readonly FrameNews[] {
    this.held.push(...Array.from(bytes));
    const news: FrameNews[] = [];
    for (let next = this.take(); next !== null; next = this.take()) news.push(next);
    return news;
  }

  private take(): FrameNews | null {
    const start = this.findPreamble();
    this.held.splice(0, start);
    if (this.held.length < PREAMBLE.length + 2) return null;
    const length = ((this.held[5] ?? 0) << 8) | (this.held[6] ?? 0);
    if (length < 2 || length > MAX_LENGTH) {
      this.held.splice(0, PREAMBLE.length);
      return { kind: "garbage" };
    }
    const end = PREAMBLE.length + 2 + length;
    if (this.held.length < end) return null;
    const frame = this.held.splice(0, end);
    const xor = frame.slice(PREAMBLE.length).reduce((sum, byte) => sum ^ byte, 0);
    return xor === 0
      ? { kind: "frame", content: Uint8Array.from(frame.slice(PREAMBLE.length + 2, -1)) }
      : { kind: "garbage" };
  }

  /** Where a preamble, or what may become one, begins; everything before it is noise. */
  private findPreamble(): number {
    const { held } = this;
    for (let at = 0; at < held.length; at += 1)
      if (PREAMBLE.every((byte, index) => at + index >= held.length || held[at + index] === byte)) return at;
    return held.length;
  }
}
