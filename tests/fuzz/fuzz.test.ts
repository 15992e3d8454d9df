import { expect, it } from "vitest";
import { fuzz } from "./fuzz.ts";

it("answers a thousand bad inputs in order: no 500, no crash, no half write, no secret in a log", async () => {
  const { faults, figures } = await fuzz({ cases: 1_000, seed: 7, say: () => undefined });
  expect(faults).toEqual([]);
  // Input that is all refused at the door would prove nothing about what lies behind it.
  expect(figures["accepted"]).toBeGreaterThan(50);
}, 120_000);
