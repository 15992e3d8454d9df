import { publicLanguages } from "../shared/contract/public-languages.ts";
import facts from "./locales/languages.json" with { type: "json" };

/** A language of the public screens; staff screens speak the first two. */
export type Language = (typeof publicLanguages)[number] & keyof typeof facts;

export const languages: readonly Language[] = publicLanguages;

export const isLanguage = (text: unknown): text is Language => typeof text === "string" && Object.hasOwn(facts, text);

/** The language by its own name, whatever the language of the screen. */
export const languageName = (language: Language): string => facts[language].name;

export const directionOf = (language: Language): "ltr" | "rtl" => (facts[language].direction === "rtl" ? "rtl" : "ltr");

/** Puts a language on the page: for screen readers, hyphens and glyphs (`lang`), and which way lines run (`dir`). */
export const putOnPage = (language: string): void => {
  const root = document.documentElement;
  root.lang = language;
  root.dir = isLanguage(language) ? directionOf(language) : "ltr";
};
