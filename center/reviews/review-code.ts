import { createHmac, timingSafeEqual } from "node:crypto";
import { isCaseCodeOf, readCaseCode } from "../../shared/domain/review/case-code.ts";
import type { PersonalBox } from "../identity/personal.ts";
import { SignedCodes } from "../identity/signed-code.ts";

/** What a code is for: the review of one service, or of one case. */
export interface ReviewCode {
  readonly kind: "service" | "case";
  /** The review's id for a service, the case's id for a case. */
  readonly ref: string;
  /** Milliseconds since 1970 UTC; the code is worth nothing after it. */
  readonly expiresAt: number;
  /** The terminal that made it, for the code on a paper; absent: the center itself. */
  readonly deviceId?: string;
}

const MINUTE = 60_000;

/**
 * Makes and reads the codes of review pages: what it is for and until when, under a keyed hash that only this center can
 * make. Carries nothing of a person. That it works once is the log's doing: the command that it leads to has one id.
 */
export class ReviewCodes {
  private readonly codes: SignedCodes;
  private readonly terminals: Buffer;

  constructor(personal: PersonalBox) {
    this.codes = new SignedCodes(personal.keyFor("review codes"));
    this.terminals = personal.keyFor("review codes of terminals");
  }

  make(hallId: string, { kind, ref, expiresAt }: ReviewCode): string {
    const end = Math.floor(expiresAt / MINUTE).toString(36);
    return this.codes.sign(hallId, `${kind === "service" ? "s" : "c"}${end}.${ref}`);
  }

  /** The code's meaning, or undefined when this center did not make it for this hall. Does not look at the time. */
  read(hallId: string, code: string): ReviewCode | undefined {
    const paper = this.readPaper(hallId, code);
    if (paper) return paper;
    const text = this.codes.open(hallId, code);
    if (text === undefined) return undefined;
    const dot = text.indexOf(".");
    return {
      kind: text.startsWith("s") ? "service" : "case",
      ref: text.slice(dot + 1),
      expiresAt: Number.parseInt(text.slice(1, dot), 36) * MINUTE,
    };
  }

  /** The key with which a terminal makes codes for the papers that it gives out. Not kept: made again when a code comes. */
  terminalKey(hallId: string, deviceId: string): Buffer {
    return createHmac("sha256", this.terminals).update(`${hallId}\n${deviceId}`).digest();
  }

  /** Marks when a page was shown, so that the answer's time is measured here and not on the phone. */
  stamp(hallId: string, code: string, at: number): string {
    const body = Buffer.from(`${String(at)}\n${code}`);
    return `${at.toString(36)}.${this.codes.tag(hallId, body).toString("base64url")}`;
  }

  /** When the page of a stamp was shown, or undefined when the stamp is not of this code. */
  readStamp(hallId: string, code: string, stamp: string): number | undefined {
    const at = Number.parseInt(stamp.split(".")[0] ?? "", 36);
    if (!Number.isSafeInteger(at)) return undefined;
    const right = Buffer.from(this.stamp(hallId, code, at));
    const given = Buffer.from(stamp);
    return given.length === right.length && timingSafeEqual(given, right) ? at : undefined;
  }

  /** The code on a case's paper, which a terminal made. */
  private readPaper(hallId: string, code: string): ReviewCode | undefined {
    const bytes = Buffer.from(code, "base64url");
    // One code has one spelling: a second one must not pass for another code.
    const paper = bytes.toString("base64url") === code ? readCaseCode(bytes) : undefined;
    if (!paper || !isCaseCodeOf(this.terminalKey(hallId, paper.deviceId), hallId, bytes)) return undefined;
    return { ...paper, kind: "case" };
  }
}
