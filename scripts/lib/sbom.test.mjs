import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT } from "./base.mjs";
import { licenceList, sbomOf } from "./sbom.mjs";

const read = (name) => JSON.parse(readFileSync(join(ROOT, name), "utf8"));

it("lists what the product is made of, each part once with its checksum, and nothing that only makes or tests it (S72)", () => {
  const manifest = read("package.json");
  const sbom = sbomOf(manifest, read("package-lock.json"));
  const names = sbom.components.map(({ name }) => name);
  for (const name of [...Object.keys(manifest.dependencies), "electron"]) expect(names, name).toContain(name);
  for (const name of ["vitest", "typescript", "eslint", "@playwright/test"]) expect(names, name).not.toContain(name);
  const purls = sbom.components.map(({ purl }) => purl);
  expect(new Set(purls).size).toBe(purls.length);
  for (const { name, version, hashes, licenses } of sbom.components) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/);
    expect(hashes?.[0]?.content, name).toMatch(/^[0-9a-f]{128}$/);
    expect(licenses[0].expression, name).not.toBe("NOASSERTION");
  }
  const lines = licenceList(sbom).trimEnd().split("\n");
  expect(lines).toHaveLength(purls.length);
  expect(lines.find((line) => line.split("\t")[1] === "react")).toMatch(/^MIT\treact\t/);
});
