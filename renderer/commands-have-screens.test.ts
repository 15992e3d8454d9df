import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { permissions } from "../shared/domain/identity/permissions.ts";

/** Words for a command are no screen that sends it. */
const NO_SCREEN = /\.test\.tsx?$|act-name\.ts$/;

test("every command that somebody in the hall may give is given by some screen", () => {
  const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !NO_SCREEN.test(file))
    .map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
    .join("\n");
  const ofPeople = Object.values(permissions).flatMap(({ act }) =>
    Object.entries(act).flatMap(([type, groups]) => (groups.some((group) => group !== "node") ? [type] : [])),
  );
  expect(ofPeople.length).toBeGreaterThan(80);
  expect(ofPeople.filter((type) => !sources.includes(`"${type}"`))).toEqual([]);
});
