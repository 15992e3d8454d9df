import { expect, it } from "vitest";
import { unlistedOptionals } from "./lock-gaps.mjs";

const lock = {
  packages: {
    "": { dependencies: { linter: "1.0.0" } },
    "node_modules/linter": {
      version: "1.0.0",
      optionalDependencies: { "@linter/for-linux": "1.0.0", "@linter/for-windows": "1.0.0" },
    },
    "node_modules/@linter/for-linux": { version: "1.0.0", optional: true },
  },
};

const refusal = (...lines) =>
  ["npm error code EUSAGE", "npm error", ...lines.map((line) => `npm error ${line}`), "npm error Clean install"].join(
    "\n",
  );

it("finds the packages of other systems, whether the registry knows them or not", () => {
  for (const version of ["", "1.0.0"])
    expect(unlistedOptionals(refusal(`Missing: @linter/for-windows@${version} from lock file`), lock)).toEqual([
      "@linter/for-windows",
    ]);
});

it("finds no innocent cause where package.json and the lock file differ", () => {
  const innocent = "Missing: @linter/for-windows@1.0.0 from lock file";
  expect(unlistedOptionals(refusal(innocent, "Missing: left-pad@1.3.0 from lock file"), lock)).toBeNull();
  expect(
    unlistedOptionals(refusal(innocent, "Invalid: lock file's linter@1.0.0 does not satisfy linter@2.0.0"), lock),
  ).toBeNull();
  expect(unlistedOptionals(refusal(), lock)).toBeNull();
});
