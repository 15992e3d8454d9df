import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readProgressMark } from "../case/progress-link.ts";
import { testPlan } from "../../testing/hall-fixture.ts";
import { kioskSettingsSchema } from "./kiosk-settings.ts";
import { progressPageUrl, readTicketPageKey, ticketPageUrl, writeTicketPageKey } from "./ticket-page.ts";

const hex = (digits: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits });
const key = fc.record({ hallId: fc.constantFrom("demo", "hall-2"), ticketId: fc.uuid(), secret: hex(32) });

describe("the key of a ticket page", () => {
  it("comes back from its address as it went in", () => {
    fc.assert(
      fc.property(key, (each) => {
        expect(readTicketPageKey(writeTicketPageKey(each))).toEqual(each);
      }),
    );
  });

  it("is null for whatever else somebody types there", () => {
    for (const text of ["", "demo", "demo.", "demo.abc", `demo.${"A".repeat(44)}`, `../x.${"A".repeat(43)}`])
      expect(readTicketPageKey(text)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => void readTicketPageKey(text)));
  });
});

describe("the address of a ticket page", () => {
  const ticket = { hallId: "test-hall", ticketId: "019322aa-0000-7000-8000-000000000001", secret: "0".repeat(32) };
  const withUrl = testPlan({ kiosk: kioskSettingsSchema.parse({ publicUrl: "https://queue.example.gov.cn" }) });

  it("is the hall's public one, else the node's, and none on a computer that phones cannot reach", () => {
    expect(ticketPageUrl(withUrl, "http://127.0.0.1:4800", ticket)).toMatch(
      /^https:\/\/queue\.example\.gov\.cn\/t#test-hall\.[\w-]{43}$/,
    );
    expect(ticketPageUrl(testPlan(), "https://node.hall:7443", ticket)).toMatch(/^https:\/\/node\.hall:7443\/t#/);
    for (const url of ["http://127.0.0.1:4800", "http://localhost:80", "http://[::1]:1", null])
      expect(ticketPageUrl(testPlan(), url, ticket)).toBeNull();
  });
});

describe("the address of the progress page", () => {
  it("carries the hall with whatever number, and is read without a hall on papers from before", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 8 }), (number) => {
        const [base, mark = ""] = (progressPageUrl(testPlan(), "https://node.hall:7443", number) ?? "").split("#");
        expect(base).toBe("https://node.hall:7443/p");
        expect(readProgressMark(mark)).toEqual({ hallId: "test-hall", number });
      }),
    );
    expect(readProgressMark("2026-0001")).toEqual({ hallId: undefined, number: "2026-0001" });
    expect(readProgressMark("%E5%8A")).toEqual({ hallId: undefined, number: "" });
  });
});
