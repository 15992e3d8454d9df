import { sha256Hex } from "../../basics/sha256.ts";
import { writeProgressMark } from "../case/progress-link.ts";
import type { HallPlan } from "../hall/plan.ts";
import { kioskSettingsOf } from "./kiosk-settings.ts";

/** The page of one ticket: whoever shows the secret may follow this ticket, and no other. */
export interface TicketPageKey {
  readonly hallId: string;
  readonly ticketId: string;
  /** 128 random bits as 32 hex digits; the log holds only its digest. */
  readonly secret: string;
}

/** What the log holds of a secret. */
export const followDigest = (secret: string): string => sha256Hex(`ticket-page\n${secret}`);

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HEX = /^[0-9a-f]{32}$/;

const toBase64Url = (hex: string): string =>
  btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((byte) => parseInt(byte, 16))))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const fromBase64Url = (text: string): string =>
  Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) =>
    char.charCodeAt(0).toString(16).padStart(2, "0"),
  ).join("");

/** The key as it stands behind the # of the address: hall, then ticket and secret in 44 characters. */
export const writeTicketPageKey = ({ hallId, ticketId, secret }: TicketPageKey): string =>
  `${hallId}.${toBase64Url(ticketId.replaceAll("-", "") + secret)}`;

/** The key that an address holds, or null when it is none. */
export const readTicketPageKey = (text: string): TicketPageKey | null => {
  const parts = /^([a-z0-9][a-z0-9-]{1,39})\.([A-Za-z0-9_-]{43})$/.exec(text);
  if (parts === null) return null;
  const hex = fromBase64Url(parts[2] ?? "");
  const ticketId = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const secret = hex.slice(32);
  return UUID.test(ticketId) && HEX.test(secret) ? { hallId: parts[1] ?? "", ticketId, secret } : null;
};

const LOOPBACK = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/;

/** Where phones reach the hall's center; null: they cannot. */
const phoneBase = (plan: HallPlan, nodeUrl: string | null): string | null =>
  kioskSettingsOf(plan).publicUrl ?? (nodeUrl === null || LOOPBACK.test(nodeUrl) ? null : nodeUrl);

/** Address of the page on which phones make appointments in this hall; null: phones cannot reach it. */
export const appointmentPageUrl = (plan: HallPlan, nodeUrl: string | null): string | null => {
  const base = phoneBase(plan, nodeUrl);
  return base === null ? null : `${base}/a#${plan.hallId}`;
};

/** Address at which somebody asks how far the thing with a number is; null: phones cannot reach it. */
export const progressPageUrl = (plan: HallPlan, nodeUrl: string | null, number: string): string | null => {
  const base = phoneBase(plan, nodeUrl);
  return base === null ? null : `${base}/p#${writeProgressMark(plan.hallId, number)}`;
};

/**
 * The address of a ticket's page, for the QR code; null when phones cannot reach the center, because a link to nowhere
 * is worse than none. The key stands behind the # and is never part of a request's address, so no log holds it.
 * @param nodeUrl how this terminal reaches its node
 */
export const ticketPageUrl = (plan: HallPlan, nodeUrl: string | null, key: TicketPageKey): string | null => {
  const base = phoneBase(plan, nodeUrl);
  return base === null || !UUID.test(key.ticketId) ? null : `${base}/t#${writeTicketPageKey(key)}`;
};
