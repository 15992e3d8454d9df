import fc from "fast-check";
import { expect, it } from "vitest";
import { manifestText, parseManifest } from "./manifest.ts";

const manifest = { version: "0.2.0", platform: "linux" as const, size: 98_000_000, sha512: `${"A".repeat(86)}==` };

it("is read as it was written", () => {
  expect(parseManifest(manifestText(manifest))).toEqual(manifest);
});

it("is read in one way only: a line more, twice, changed or in another order is none", () => {
  const text = manifestText(manifest);
  for (const other of [
    `${text}version: 0.3.0\n`,
    `version: 0.1.0\n${text}`,
    text.replace("linux", "win32"),
    text.replace("\n", "\r\n"),
    text.trimEnd(),
    text.replace("0.2.0", "../../0.2.0"),
    text.split("\n").toReversed().join("\n"),
    "",
  ])
    expect(parseManifest(other), other).toBeUndefined();
  fc.assert(fc.property(fc.string(), (noise) => parseManifest(noise) === undefined));
});
