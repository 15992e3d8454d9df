import fc from "fast-check";
import { expect, it } from "vitest";
import { terminalRoleSchema } from "../identity/roles.ts";
import { mayRestart } from "./restart.ts";

const roleArb = fc.constantFrom(...terminalRoleSchema.options);

it("never by day, whoever has not been there for however long", () => {
  fc.assert(
    fc.property(roleArb, fc.integer({ min: 7 * 60, max: 20 * 60 - 1 }), fc.nat(), (role, minutes, idleSeconds) => {
      expect(mayRestart(role, { minutes, idleSeconds })).toBe(false);
    }),
  );
});

it("at night a kiosk that nobody has touched for ten minutes, a board after two, a window after an hour", () => {
  const night = 23 * 60;
  expect(mayRestart("kiosk", { minutes: night, idleSeconds: 599 })).toBe(false);
  expect(mayRestart("kiosk", { minutes: night, idleSeconds: 600 })).toBe(true);
  expect(mayRestart("display", { minutes: 0, idleSeconds: 119 })).toBe(false);
  expect(mayRestart("display", { minutes: 0, idleSeconds: 120 })).toBe(true);
  expect(mayRestart("window", { minutes: 7 * 60 - 1, idleSeconds: 3_599 })).toBe(false);
  expect(mayRestart("window", { minutes: 7 * 60 - 1, idleSeconds: 3_600 })).toBe(true);
});

it("being away longer never takes a restart back", () => {
  fc.assert(
    fc.property(roleArb, fc.nat(24 * 60 - 1), fc.nat(), fc.nat(), (role, minutes, idleSeconds, more) => {
      if (mayRestart(role, { minutes, idleSeconds }))
        expect(mayRestart(role, { minutes, idleSeconds: idleSeconds + more })).toBe(true);
    }),
  );
});
