import { isLanguage, languageName, languages, type Language } from "../languages.ts";
import { element } from "./draw.ts";

/** The list of the nine languages, each by its own name. */
export const languageChooser = (
  label: string,
  current: Language,
  choose: (language: Language) => void,
): HTMLSelectElement => {
  const chooser = element("select", { ariaLabel: label });
  for (const each of languages)
    chooser.append(element("option", { value: each, lang: each, selected: each === current }, languageName(each)));
  chooser.addEventListener("change", () => {
    if (isLanguage(chooser.value)) choose(chooser.value);
  });
  return chooser;
};
