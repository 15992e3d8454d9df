import { expect, it } from "vitest";
import { publicLanguages } from "../shared/contract/public-languages.ts";
import facts from "./locales/languages.json" with { type: "json" };

it("a screen may offer every language that there is", () => {
  expect(Object.keys(facts)).toEqual([...publicLanguages]);
});
