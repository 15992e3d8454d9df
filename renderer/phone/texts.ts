import { fillText } from "../../shared/basics/fill-text.ts";
import { isLanguage, languages, putOnPage, type Language } from "../languages.ts";

export type Texts = { readonly [key: string]: string | Texts };

/** The first language of the browser that the page speaks; Chinese when there is none. */
export const chooseLanguage = (wanted: readonly string[]): Language => {
  for (const each of wanted) {
    const short = each.split("-")[0]?.toLowerCase() ?? "";
    const found = languages.find((language) => language.split("-")[0] === short);
    if (found !== undefined) return found;
  }
  return "zh-CN";
};

/** Fills `{{name}}` of a text, and picks the plural form that `count` has in the language. */
export type T = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const findText = (texts: Texts, path: string): string | undefined => {
  let at: string | Texts | undefined = texts;
  for (const step of path.split(".")) at = typeof at === "object" ? at[step] : undefined;
  return typeof at === "string" ? at : undefined;
};

/** A page of twenty sentences does not load a library for them: 40 KB are eight seconds on a slow line. */
export const textsOf =
  (language: Language, texts: Texts): T =>
  (key, values = {}) => {
    const path = key.replace(/^\w+:/, "");
    const { count } = values;
    const plural = typeof count === "number" ? new Intl.PluralRules(language).select(count) : "other";
    const text =
      findText(texts, path) ?? findText(texts, `${path}_${plural}`) ?? findText(texts, `${path}_other`) ?? "";
    return fillText(text, values);
  };

/**
 * Loads the texts of a page in a language and puts it on the page; null while the line is down.
 * @param files of `import.meta.glob`, by their path
 */
export const loadTexts = async (
  files: Readonly<Record<string, () => Promise<Texts>>>,
  language: Language,
): Promise<T | null> => {
  try {
    const texts = await Object.entries(files).find(([path]) => path.includes(`/${language}/`))?.[1]();
    if (texts === undefined) return null;
    putOnPage(language);
    return textsOf(language, texts);
  } catch {
    return null;
  }
};

const KEPT = "service-hall-phone-language";

/** What was chosen on this phone before, else the browser's own. */
export const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT);
  return isLanguage(kept) ? kept : chooseLanguage(navigator.languages);
};
export const keepLanguage = (language: Language): void => localStorage.setItem(KEPT, language);

/** A name of the hall's plan in a language; English where it has none. */
export const nameIn = (
  thing: {
    readonly name: string;
    readonly nameEn: string;
    readonly names?: Readonly<Record<string, string>> | undefined;
  },
  language: Language,
): string => thing.names?.[language] ?? (language === "zh-CN" ? thing.name : thing.nameEn);
