import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { screenTexts, type ScreenName } from "../../shared/contract/screen-texts.ts";
import { apps } from "./apps.ts";

const RENDERER = join(import.meta.dirname, "..");
const files = readdirSync(join(RENDERER, "locales/zh-CN")).map((file) => basename(file, ".json"));
/** Without those that are built in, and those of the pages for people's own phones. */
const namespaces = new Set(files.filter((name) => name !== "common" && name !== "phone"));
/** Nothing is ever refused where there is no node yet. */
const mayLack = (screen: ScreenName, name: string): boolean => !apps[screen].hasStore && name === "refusal";
const screens = Object.keys(screenTexts) as ScreenName[];

/** A file and all that it imports of renderer/, at once or later. */
const filesFrom = (file: string, found = new Map<string, string>()): ReadonlyMap<string, string> => {
  if (found.has(file) || !file.startsWith(RENDERER)) return found;
  const source = readFileSync(file, "utf8");
  found.set(file, source);
  for (const [, path = ""] of source.matchAll(/^(?:(?!import type|export type).)*(?:from |import\()"(\..*\.tsx?)"/gm))
    filesFrom(join(dirname(file), path), found);
  return found;
};

it.each(screens)("loads all texts that the files of %s name", (screen) => {
  const known = (name: string): boolean => screenTexts[screen].includes(name) || mayLack(screen, name);
  const lacking: string[] = [];
  for (const [file, source] of filesFrom(join(RENDERER, "apps", screen, "app.tsx")))
    for (const [, name = ""] of source.matchAll(/["'`](\w+):[\w$]/g))
      if (namespaces.has(name) && !known(name)) lacking.push(`${name} for ${file.slice(RENDERER.length)}`);
  expect([...new Set(lacking)]).toEqual([]);
});
