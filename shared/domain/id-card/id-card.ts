import { hasFormat } from "../form/formats.ts";

/** What stands on a resident ID card. Days as 2026-11-22. The photo is not kept: nobody at the counter needs it. */
export interface IdCard {
  readonly name: string;
  /** 1 男, 2 女, 0 未知, 9 未说明. */
  readonly gender: "0" | "1" | "2" | "9";
  /** GB/T 3304: 01 汉 … 56 基诺, 97 其他, 98 外国血统入籍. */
  readonly nation: string;
  readonly birthDate: string;
  /** The newer address, where one was written to the chip after the card was issued. */
  readonly address: string;
  readonly idNumber: string;
  readonly issuer: string;
  readonly validFrom: string;
  /** Null: 长期. */
  readonly validTo: string | null;
}

/** Text, UTF-16LE, fixed places (bytes). */
const LAYOUT = [
  ["name", 30],
  ["gender", 2],
  ["nation", 4],
  ["birth", 16],
  ["address", 70],
  ["idNumber", 36],
  ["issuer", 30],
  ["validFrom", 16],
  ["validTo", 16],
  ["newAddress", 36],
] as const;
type Part = (typeof LAYOUT)[number][0];

const TEXT_BYTES = 256;
const PHOTO_BYTES = 1_024;
const STATUS_BYTES = 3;
const LENGTHS_BYTES = 4;

const dayOf = (text: string): string | null => {
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  return /^\d{8}$/.test(text) && hasFormat("date", day) ? day : null;
};

const genderOf = (text: string): IdCard["gender"] | null =>
  text === "0" || text === "1" || text === "2" || text === "9" ? text : null;

/** The card in an answer to "read", or null when what came is not one: nothing half read gets into a form. */
export const readCard = (content: Uint8Array): IdCard | null => {
  const at = STATUS_BYTES + LENGTHS_BYTES;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (content.length !== at + TEXT_BYTES + PHOTO_BYTES) return null;
  if (view.getUint16(STATUS_BYTES) !== TEXT_BYTES || view.getUint16(STATUS_BYTES + 2) !== PHOTO_BYTES) return null;
  const parts = new Map<Part, string>();
  let place = at;
  for (const [part, bytes] of LAYOUT) {
    let text = "";
    for (let byte = 0; byte < bytes; byte += 2) text += String.fromCharCode(view.getUint16(place + byte, true));
    parts.set(part, text.replaceAll("\0", " ").trim());
    place += bytes;
  }
  const text = (part: Part): string => parts.get(part) ?? "";
  const gender = genderOf(text("gender"));
  const birthDate = dayOf(text("birth"));
  const validFrom = dayOf(text("validFrom"));
  const validTo = text("validTo") === "长期" ? null : dayOf(text("validTo"));
  const idNumber = text("idNumber");
  if (text("name") === "" || gender === null || birthDate === null || validFrom === null) return null;
  if (validTo === null && text("validTo") !== "长期") return null;
  if (!/^\d{2}$/.test(text("nation")) || !hasFormat("id-number", idNumber)) return null;
  return {
    name: text("name"),
    gender,
    nation: text("nation"),
    birthDate,
    address: text("newAddress") === "" ? text("address") : text("newAddress"),
    idNumber,
    issuer: text("issuer"),
    validFrom,
    validTo,
  };
};
