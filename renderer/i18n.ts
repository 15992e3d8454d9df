import i18next, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";
import { languages, putOnPage, type Language } from "./languages.ts";

type Texts = Record<string, unknown>;

const files = import.meta.glob<Texts>(["./locales/*/*.json", "!./locales/*/common.json"], {
  import: "default",
});

/** Each file of texts but `common`, which the failure page has built in, is a chunk of its own, loaded for the language and screen that need it. */
const backend: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`./locales/${language}/${namespace}.json`];
    if (!load) return done(null, {});
    load().then(
      (texts) => done(null, texts as never),
      (error: unknown) => done(error instanceof Error ? error : new Error(String(error)), null),
    );
  },
};

/** Tells when a person has chosen another language. */
export const onLanguage = (listener: (language: string) => void): void => {
  i18next.on("languageChanged", listener);
};

/**
 * Starts the texts of one screen. Only the language in use is loaded; `i18next.changeLanguage` loads the other.
 * @param namespaces files of renderer/locales/<language>/
 */
export const startTexts = async (language: Language, namespaces: readonly string[]): Promise<void> => {
  i18next.on("languageChanged", putOnPage);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      // Only for keys in renderer/locales/awaiting.json, of which a release has none.
      fallbackLng: { "zh-CN": [], en: [], default: ["en"] },
      load: "currentOnly",
      supportedLngs: [...languages],
      ns: [...namespaces],
      defaultNS: namespaces[0] ?? false,
      interpolation: { escapeValue: false }, // React escapes
      react: { useSuspense: false },
    });
  putOnPage(language);
};
