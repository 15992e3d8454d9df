import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "./base.mjs";
import { dependencyFaults, readAudit } from "./dependencies.mjs";

const read = (file) => JSON.parse(readFileSync(join(ROOT, file), "utf8"));
const entry = { version: "1.0.0", license: "MIT", integrity: "sha512-x" };
const faultsOf = (manifest, packages) => dependencyFaults({ dependencies: { a: "1.0.0" }, ...manifest }, { packages });

describe("the program's packages", () => {
  it("are pinned, known by their checksum and under licences that were allowed", () => {
    expect(dependencyFaults(read("package.json"), read("package-lock.json"))).toEqual([]);
  });

  it("finds a range, a package that is not locked, and one without a checksum", () => {
    for (const version of ["^1.0.0", "~1.0.0", "1.x", "*", "latest", ">=1.0.0", "git+https://x/a.git", "npm:b@^1.0.0"])
      expect(faultsOf({ dependencies: { a: version } }, { "node_modules/a": entry }), version).toHaveLength(1);
    for (const version of ["1.0.0", "18.4.0-beta.17", "npm:b@1.0.0", "npm:@x/b@1.0.0"])
      expect(faultsOf({ dependencies: { a: version } }, { "node_modules/a": entry }), version).toEqual([]);
    expect(faultsOf({}, {})).toEqual(["a is not in package-lock.json"]);
    expect(faultsOf({}, { "node_modules/a": { ...entry, integrity: undefined } })).toHaveLength(1);
  });

  it("finds a licence that nobody allowed, in the product only", () => {
    const of = (license, more = {}) => faultsOf({}, { "node_modules/a": { ...entry, license, ...more } });
    for (const license of ["GPL-3.0-only", "SEE LICENSE IN x", undefined, "(MIT AND GPL-3.0-only)"])
      expect(of(license), license).toHaveLength(1);
    expect(of("(MIT OR GPL-3.0-only)")).toEqual([]);
    expect(of("GPL-3.0-only", { dev: true })).toEqual([]);
  });

  it("finds a script at installation that nobody has decided about", () => {
    const packages = { "node_modules/a": { ...entry, hasInstallScript: true } };
    expect(faultsOf({}, packages)).toHaveLength(1);
    for (const decided of [true, false]) expect(faultsOf({ allowScripts: { a: decided } }, packages)).toEqual([]);
  });
});

describe("the registry's answer", () => {
  it("counts what is high or critical, and tells an answer from none", () => {
    const vulnerabilities = {
      a: { name: "a", severity: "critical", range: "<2" },
      b: { name: "b", severity: "moderate", range: "*" },
    };
    expect(readAudit(JSON.stringify({ vulnerabilities }))).toEqual({
      serious: ["a <2: critical"],
      unavailable: null,
    });
    expect(readAudit(JSON.stringify({ vulnerabilities: {} }))).toEqual({ serious: [], unavailable: null });
    expect(readAudit(JSON.stringify({ message: "405 Method Not Allowed" })).unavailable).toMatch(/405/);
    expect(readAudit("").unavailable).toBe("npm audit gave no answer");
  });
});
