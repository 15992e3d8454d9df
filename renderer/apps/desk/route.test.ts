import fc from "fast-check";
import { expect, it } from "vitest";
import { hashOf, readRoute, views } from "./route.ts";

it("an address leads back to what it was made of, whatever the ids are", () => {
  fc.assert(
    fc.property(fc.constantFrom(...views), fc.array(fc.string({ minLength: 1, unit: "grapheme" })), (view, path) => {
      expect(readRoute(hashOf(view, ...path))).toEqual({ view, path });
    }),
  );
});

it("an address that leads nowhere leads home", () => {
  for (const hash of ["", "#", "#/", "#/nowhere/x", "#/%E0%A4%A", "x"])
    expect(readRoute(hash)).toEqual({ view: "home", path: [] });
});
