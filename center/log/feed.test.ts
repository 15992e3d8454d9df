import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../shared/basics/canonical-json.ts";
import { GENESIS_HASH, hashOf } from "../../shared/contract/log-record.ts";
import type { DomainEvent } from "../../shared/domain/hall/events.ts";
import { eventTypes } from "../../shared/domain/hall/upcast.ts";
import { visible, type Viewer } from "../../shared/domain/hall/visible.ts";
import type { LedgerGroup } from "../../shared/domain/ledger/definition.ts";
import { terminalRoleSchema } from "../../shared/domain/identity/roles.ts";
import { hashOfText } from "./canonical.ts";
import { classOfBatch, mentionedIn } from "./feed.ts";

const id = fc.constantFrom("d1", "d2", "d3");
const counter = fc.constantFrom("1", "2", "3");
const department = fc.constantFrom("人社局", "税务局");

const viewers: fc.Arbitrary<Viewer> = fc.record({
  role: fc.constantFrom(...terminalRoleSchema.options),
  deviceId: id,
  counterId: fc.option(counter),
  department: fc.option<string>(department),
});

/** Whatever an event of any type may name; `visible` looks at no more than this. */
const events: fc.Arbitrary<DomainEvent> = fc
  .record({
    type: fc.constantFrom(...eventTypes),
    deviceId: fc.option(id),
    counterId: fc.option(counter),
    departments: fc.array(department),
    department: fc.option(department),
    audience: fc.array(fc.constantFrom<LedgerGroup>("desk", "department", "window", "page")),
    items: fc.array(fc.record({ department })),
    report: fc.record({ department }),
    from: fc.option(department),
    orderId: id,
    reviewId: fc.string(),
    reason: fc.string(),
    level: fc.constantFrom(1, 5),
  })
  .map(({ type, ...data }) => ({ type, v: 1, at: 0, data }) as unknown as DomainEvent);

describe("viewers of one class", () => {
  it("see the same of a batch, so that its text may be shared", () => {
    fc.assert(
      fc.property(
        fc.array(events, { minLength: 1, maxLength: 6 }),
        fc.array(viewers, { minLength: 2 }),
        (batch, all) => {
          const mentioned = mentionedIn(batch.map((event, index) => ({ seq: index + 1, event, json: "" })));
          const seen = new Map<string, string>();
          for (const viewer of all) {
            const key = classOfBatch(viewer, mentioned);
            const own = JSON.stringify(batch.map((event) => visible(event, viewer)));
            expect(own).toBe(seen.get(key) ?? own);
            seen.set(key, own);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("the node's own hash", () => {
  it("equals the one of shared/contract, which terminals and the city can compute", () => {
    const text = fc.string({ unit: "binary", maxLength: 40 });
    const record = fc.record({
      hallId: text,
      seq: fc.nat(),
      type: text,
      v: fc.nat(),
      at: fc.integer(),
      recordedAt: fc.integer(),
      commandId: text,
      actor: fc.record({ role: text, deviceId: fc.option(text), clerkId: fc.option(text) }),
      data: fc.jsonValue(),
      prevHash: fc.constant(GENESIS_HASH),
    });
    fc.assert(
      fc.property(record, (given) => {
        const texts = { ...given, actor: canonicalJson(given.actor), data: canonicalJson(given.data) };
        expect(hashOfText(texts)).toBe(hashOf(given));
      }),
      { numRuns: 500 },
    );
  });
});
