import fc from "fast-check";
import { expect, it } from "vitest";
import { terminalRoleSchema } from "../identity/roles.ts";
import { mayRestart } from "./restart.ts";

const roleArb = fc.constantFrom(...terminalRoleSchema.options);

it("never by day, whoever has not been there for however long", () => {
  const byDay = fc.integer({ min: 7 * 60, max: 20 * 60 - 1 });
  fc.assert(
    fc.property(roleArb, byDay, fc.boolean(), fc.nat(), (role, minutes, isTouched, idleSeconds) => {
      expect(mayRestart(role, minutes, { isTouched, idleSeconds })).toBe(false);
    }),
  );
});

it.each([
  ["kiosk", 23 * 60, true, 599, false],
  ["kiosk", 23 * 60, true, 600, true],
  ["kiosk", 23 * 60, false, 0, false],
  ["display", 0, true, 119, false],
  ["display", 0, true, 120, true],
  ["display", 0, false, 0, true],
  ["window", 7 * 60 - 1, true, 3_599, false],
  ["window", 7 * 60 - 1, true, 3_600, true],
] as const)("%s at minute %s, touched: %s, %s s ago: %s", (role, minutes, isTouched, idleSeconds, may) => {
  expect(mayRestart(role, minutes, { isTouched, idleSeconds })).toBe(may);
});

it("being away longer never takes a restart back", () => {
  const touchesArb = fc.record({ isTouched: fc.boolean(), idleSeconds: fc.nat() });
  fc.assert(
    fc.property(roleArb, fc.nat(24 * 60 - 1), touchesArb, fc.nat(), (role, minutes, touches, more) => {
      if (mayRestart(role, minutes, touches))
        expect(mayRestart(role, minutes, { ...touches, idleSeconds: touches.idleSeconds + more })).toBe(true);
    }),
  );
});
