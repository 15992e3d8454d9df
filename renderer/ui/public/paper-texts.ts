import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { usePublicLanguage, type PublicLanguage } from "./settings.tsx";

/** Ticket printers have the characters of GB 2312 for sure: Chinese, kana, Cyrillic and plain Latin letters, nothing else. */
const printable: readonly PublicLanguage[] = ["zh-CN", "en", "ja", "ru"];

/** The language of paper for a reader of `language`: English where the printer has no letters for theirs. */
export const paperLanguage = (language: PublicLanguage): PublicLanguage =>
  printable.includes(language) ? language : "en";

/** Texts for paper; English is loaded beside each language that needs it here (i18n.ts, fallbackLng). */
export const usePaperTexts = (): { readonly t: TFunction; readonly language: PublicLanguage } => {
  const { i18n } = useTranslation();
  const language = paperLanguage(usePublicLanguage());
  return useMemo(() => ({ t: i18n.getFixedT(language), language }), [i18n, language]);
};
