import { readFileSync } from "node:fs";
import { join } from "node:path";
import { screenTexts } from "../../shared/contract/screen-texts.ts";
import type { StartRole } from "../args.ts";

/** What the build says of each late file: itself and all that it needs (vite.config.ts). */
type Needs = Readonly<Record<string, readonly string[]>>;

const readNeeds = (rendererRoot: string): Needs => {
  try {
    return JSON.parse(readFileSync(join(rendererRoot, "preload.json"), "utf8")) as Needs;
  } catch {
    return {}; // only slower
  }
};

/** What the page of a screen will ask for, in the build's names. */
export interface Preloads {
  /** A Link header. Without it the page would ask for its late files only after its first script has run and has been told which screen it is. */
  readonly link: string;
  /** All of them, the page and its first files too. */
  readonly files: readonly string[];
}

const PAGE = "index.html";
const FIRST = "main.tsx";

export const preloadsFor = (rendererRoot: string, role: StartRole, language: string): Preloads => {
  const needs = readNeeds(rendererRoot);
  const late = [`apps/${role}/app.tsx`, ...screenTexts[role].map((name) => `locales/${language}/${name}.json`)];
  if (role !== "setup" && role !== "launcher") late.push("store/open-terminal.ts");
  const files = new Set(late.flatMap((name) => needs[name] ?? []));
  const link = [...files]
    .map((file) =>
      file.endsWith(".css") ? `<./${file}>; rel=preload; as=style; crossorigin` : `<./${file}>; rel=modulepreload`,
    )
    .join(", ");
  return { link, files: [...new Set([PAGE, ...(needs[FIRST] ?? []), ...files])] };
};
