import { z } from "zod";

/**
 * The QR code of an electronic licence, as a hand scanner types it: a link `…?k=<kind>&n=<name>&i=<number>&a=<code>` with
 * the parts percent-encoded, because scanners type ASCII only. By showing it the applicant authorises this counter, for
 * this purpose, once: the code `a` is what is recorded.
 */
const licenceSchema = z.object({
  kind: z.enum(["id", "licence"]),
  name: z.string().trim().min(1).max(100),
  number: z.string().trim().min(8).max(50),
  code: z.string().trim().min(6).max(200),
});
export type ScannedLicence = z.infer<typeof licenceSchema>;

/** What a scanned text says, or null when it is no such code. */
export const readLicenceCode = (text: string): ScannedLicence | null => {
  const at = text.indexOf("?");
  if (at < 0) return null;
  const parts = new URLSearchParams(text.slice(at + 1));
  const read = licenceSchema.safeParse({
    kind: parts.get("k"),
    name: parts.get("n"),
    number: parts.get("i"),
    code: parts.get("a"),
  });
  return read.success ? read.data : null;
};

/** Nobody types that fast: a scanner sends a key every few milliseconds. */
const SCANNER_KEY_MS = 40;
const SHORTEST = 12;

/**
 * Tells a scanner's burst of keys from typing. `press` answers with the scanned text when Enter ends a burst, else null.
 * @param at milliseconds of some clock
 */
export class ScannerEar {
  private text = "";
  private last = Number.NEGATIVE_INFINITY;

  press(key: string, at: number): string | null {
    const isFast = at - this.last <= SCANNER_KEY_MS;
    this.last = at;
    if (key === "Enter") {
      const { text } = this;
      this.text = "";
      return isFast && text.length >= SHORTEST ? text : null;
    }
    if (key.length === 1) this.text = isFast ? this.text + key : key;
    return null;
  }
}
