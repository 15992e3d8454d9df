import { useEffect, useMemo, useState } from "react";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import {
  createWordSearch,
  serviceWordsSchema,
  topicsIn,
  type ServiceWords,
  type WordSearch,
} from "../../../shared/domain/catalogue/word-search.ts";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { searchIndexOf } from "./catalogue-view.ts";
import { keepLoaded } from "./keep-loaded.ts";

const noWords: ServiceWords = { topics: [], acts: [] };

/** The words come in a file of their own, fetched once by those who do not read Chinese. */
const loadWords = keepLoaded(() =>
  import("../../locales/service-words.json").then((file) => serviceWordsSchema.parse(file.default)),
);

/**
 * Words of everyday life for the services; none in Chinese, null until they are there. Without their file the Chinese
 * names are shown and searched as they are.
 */
export const useServiceWords = (): ServiceWords | null => {
  const isChinese = usePublicLanguage() === "zh-CN";
  const [words, setWords] = useState<ServiceWords | null>(null);
  useEffect(() => {
    if (!isChinese)
      loadWords().then(setWords, (error: unknown) => {
        reportError(error);
        setWords(noWords);
      });
  }, [isChinese]);
  return isChinese ? noWords : words;
};

/** The search by names and by the words of the language in use; null without a catalogue and until the words are there. */
export const useWordSearch = (catalogue: Catalogue | null): WordSearch | null => {
  const language = usePublicLanguage();
  const words = useServiceWords();
  return useMemo(
    () =>
      catalogue === null || words === null
        ? null
        : createWordSearch(searchIndexOf(catalogue), topicsIn(words.topics, language)),
    [catalogue, words, language],
  );
};
