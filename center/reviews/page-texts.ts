import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fillText } from "../../shared/basics/fill-text.ts";
import { projectRoot } from "../project-root.ts";

/** Languages of the pages, each with its own name. */
export const pageLanguages = {
  "zh-CN": "中文",
  en: "English",
  ja: "日本語",
  ko: "한국어",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  ru: "Русский",
  ar: "العربية",
} as const;
export type PageLanguage = keyof typeof pageLanguages;

type Tree = { readonly [key: string]: string | Tree };
const treeSchema: z.ZodType<Tree> = z.lazy(() => z.record(z.string(), z.union([z.string(), treeSchema])));

const flatten = (tree: Tree, prefix: string, into: Map<string, string>): Map<string, string> => {
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") into.set(prefix + key, value);
    else flatten(value, `${prefix}${key}.`, into);
  }
  return into;
};

const read = (language: PageLanguage, file: string): Map<string, string> | undefined => {
  try {
    const text = readFileSync(join(projectRoot(), "data", "locale", language, file), "utf8");
    return flatten(treeSchema.parse(JSON.parse(text)), "", new Map());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
};

/** The texts of a page in one language. */
export interface PageTexts {
  readonly language: PageLanguage;
  readonly direction: "ltr" | "rtl";
  /** @throws when there is no such text: a page with a hole is a mistake of the program */
  readonly say: (key: string, params?: Readonly<Record<string, string | number>>) => string;
}

const cache = new Map<PageLanguage, PageTexts>();

/** Loads a language once. */
export const pageTexts = (language: PageLanguage): PageTexts => {
  const known = cache.get(language);
  if (known) return known;
  // English stands in for what a language has no sentence for: the workbook's heads, which staff alone see.
  const all = new Map(
    (["en", language] as const).flatMap((each) =>
      ["review-names.json", "review-page.json", "desk-papers.json"].flatMap((file) => [...(read(each, file) ?? [])]),
    ),
  );
  const texts: PageTexts = {
    language,
    direction: language === "ar" ? "rtl" : "ltr",
    say: (key, params = {}) => {
      const text = all.get(key);
      if (text === undefined) throw new Error(`no text ${key} in ${language}`);
      return fillText(text, params);
    },
  };
  cache.set(language, texts);
  return texts;
};

/** The language that a person asked for, else the first of the browser's that there is, else Chinese. */
export const languageOf = (asked: unknown, accept: string | undefined): PageLanguage => {
  const find = (tag: string): PageLanguage | undefined =>
    (Object.keys(pageLanguages) as PageLanguage[]).find(
      (language) => language.toLowerCase() === tag || language.split("-")[0] === tag.split("-")[0],
    );
  if (typeof asked === "string" && Object.hasOwn(pageLanguages, asked)) return asked as PageLanguage;
  for (const part of (accept ?? "").split(",")) {
    const found = find((part.split(";")[0] ?? "").trim().toLowerCase());
    if (found) return found;
  }
  return "zh-CN";
};
