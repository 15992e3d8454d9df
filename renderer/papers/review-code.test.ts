import { describe, expect, it } from "vitest";
import { err, ok } from "../../shared/basics/result.ts";
import { emptyHallState } from "../../shared/domain/hall/state.ts";
import { isCaseCodeOf, readCaseCode } from "../../shared/domain/review/case-code.ts";
import { testPlan } from "../../shared/testing/hall-fixture.ts";
import type { Terminal } from "../store/terminal.ts";
import { loadReviewKey, reviewUrlOf } from "./review-code.ts";

const DEVICE = "0197c9a0-0000-7000-8000-000000000001";
const CASE = "0197c9a0-0000-7000-8000-0000000000c1";
const KEY = new Uint8Array(32).fill(7);
const NOW = Date.UTC(2026, 10, 23, 1);
const DAY = 86_400_000;

/** A window terminal: its drafts, and a node that is there or not. */
const terminalOf = (drafts: Map<string, unknown>, node: { isThere: boolean; asked: number }, deviceId = DEVICE) =>
  ({
    info: { credentials: { deviceId, secret: "s" }, nodeUrl: "http://192.168.1.10:4800" },
    hall: { get: () => ({ ...emptyHallState, plan: testPlan({ reviewCodeDays: 3 }) }) },
    // As the real one, it is a method.
    clock: { now: NOW },
    now(this: { readonly clock: { readonly now: number } }): number {
      return this.clock.now;
    },
    readDraft: async (key: string) => Promise.resolve(drafts.get(key)),
    writeDraft: async (key: string, value: unknown) => {
      drafts.set(key, value);
      await Promise.resolve();
    },
    askAs: async () => {
      node.asked += 1;
      const answer = { key: Buffer.from(KEY).toString("base64") };
      return Promise.resolve(node.isThere ? ok(answer) : err({ code: "unavailable", params: {} }));
    },
  }) as unknown as Terminal;

describe("the key for review codes", () => {
  it("is asked for once, and is there without the node and after a restart; another enrolment asks anew", async () => {
    const drafts = new Map<string, unknown>();
    const node = { isThere: false, asked: 0 };
    expect(await loadReviewKey(terminalOf(drafts, node))).toBeNull();
    node.isThere = true;
    expect(await loadReviewKey(terminalOf(drafts, node))).toEqual(KEY);
    node.isThere = false;
    expect(await loadReviewKey(terminalOf(drafts, node))).toEqual(KEY);
    expect(node.asked).toBe(2);
    expect(await loadReviewKey(terminalOf(drafts, node, CASE))).toBeNull();
  });
});

describe("the review address on a paper", () => {
  it("says case, terminal and the plan's days from now, under the terminal's key", () => {
    const terminal = terminalOf(new Map(), { isThere: true, asked: 0 });
    const url = new URL(reviewUrlOf(terminal, KEY, CASE) ?? "");
    expect(url.origin).toBe("http://192.168.1.10:4800");
    const [, page, hallId, code = ""] = url.pathname.split("/");
    expect([page, hallId]).toEqual(["r", "test-hall"]);
    const bytes = Buffer.from(code, "base64url");
    expect(readCaseCode(bytes)).toEqual({ deviceId: DEVICE, ref: CASE, expiresAt: NOW + 3 * DAY });
    expect(isCaseCodeOf(KEY, "test-hall", bytes)).toBe(true);
  });

  it("is none without a key, or for a case whose id is not this program's", () => {
    const terminal = terminalOf(new Map(), { isThere: true, asked: 0 });
    expect(reviewUrlOf(terminal, null, CASE)).toBeNull();
    expect(reviewUrlOf(terminal, KEY, "c1")).toBeNull();
  });
});
