import type { ReactElement } from "react";
import { usePublicLanguage, type PublicLanguage } from "./settings.tsx";

/** What the hall's plan names: Chinese and English always, other languages where the hall has given them. */
export interface Named {
  readonly name: string;
  readonly nameEn: string;
  readonly names?: Readonly<Record<string, string>> | undefined;
}

const nameIn = ({ name, nameEn, names }: Named, language: PublicLanguage): readonly [PublicLanguage, string] => {
  const own = names?.[language];
  if (own !== undefined) return [language, own];
  return language === "zh-CN" ? ["zh-CN", name] : ["en", nameEn];
};

/** The name for a reader of `language`; English stands in where the hall has not given one. */
export const localName = (thing: Named, language: PublicLanguage): string => nameIn(thing, language)[1];

/** The name on a screen, marked with the language that it is really in. */
export const Name = ({ of: thing }: { readonly of: Named }): ReactElement => {
  const language = usePublicLanguage();
  const [lang, text] = nameIn(thing, language);
  return lang === language ? <>{text}</> : <bdi lang={lang}>{text}</bdi>;
};
