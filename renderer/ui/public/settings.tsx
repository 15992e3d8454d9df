import {
  createContext,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useState,
  type ReactElement,
  type ReactNode,
} from "react";
import { useTranslation } from "react-i18next";
import { isLanguage, putOnPage, type Language } from "../../languages.ts";
import { useTerminal } from "../hooks.ts";

export type PublicLanguage = Language;
export type PublicTheme = "standard" | "contrast" | "dark";
export type TextScale = 100 | 150 | 200;

/** One touch is one step larger, and from the largest back to the first. */
export const nextScale: Readonly<Record<TextScale, TextScale>> = { 100: 150, 150: 200, 200: 100 };

/** How the person in front wants the screen; forgotten with everything else about them. */
export interface PublicSettings {
  readonly language: PublicLanguage;
  readonly theme: PublicTheme;
  readonly scale: TextScale;
  /** Controls moved down, for somebody in a wheelchair or a child. */
  readonly lowered: boolean;
}

interface SettingsHandle {
  readonly settings: PublicSettings;
  readonly isChanged: boolean;
  readonly change: (part: Partial<PublicSettings>) => void;
  readonly reset: () => void;
}

const SettingsContext = createContext<SettingsHandle | null>(null);

/** The settings of the person in front of this public screen. */
export const usePublicSettings = (): SettingsHandle => {
  const handle = useContext(SettingsContext);
  if (!handle) throw new Error("a public screen was shown outside PublicSettingsProvider");
  return handle;
};

/** The language that the person reads. */
export const usePublicLanguage = (): PublicLanguage => usePublicSettings().settings.language;

/** The terminal's own language, where it is among those that this screen offers. */
const useFirstLanguage = (): PublicLanguage => {
  const { language, screen } = useTerminal().info;
  return screen.languages.includes(language) ? language : (screen.languages[0] ?? language);
};

/**
 * Keeps the settings and puts them on the document, so that tokens.css follows.
 * @param theme what the screen looks like before anybody chose
 */
export const PublicSettingsProvider = ({
  theme = "standard",
  children,
}: {
  readonly theme?: PublicTheme;
  readonly children: ReactNode;
}): ReactElement => {
  const { i18n } = useTranslation();
  const language = useFirstLanguage();
  const defaults = useMemo<PublicSettings>(() => ({ language, theme, scale: 100, lowered: false }), [language, theme]);
  const [settings, setSettings] = useState(defaults);
  const change = useCallback(
    (part: Partial<PublicSettings>) => setSettings((previous) => ({ ...previous, ...part })),
    [],
  );
  const reset = useCallback(() => setSettings(defaults), [defaults]);

  useLayoutEffect(() => {
    const root = document.documentElement;
    putOnPage(settings.language);
    root.dataset["theme"] = settings.theme;
    root.dataset["scale"] = String(settings.scale);
  }, [settings]);
  useLayoutEffect(() => {
    const { language } = settings;
    if (i18n.language === language) return;
    void i18n.loadLanguages(language).then(() => {
      // A page of the node that is away now cannot get texts that it never had: the language stays as it was.
      if (i18n.hasResourceBundle(language, "public")) void i18n.changeLanguage(language);
      else setSettings((previous) => ({ ...previous, language: isLanguage(i18n.language) ? i18n.language : "zh-CN" }));
    });
  }, [i18n, settings]);

  const handle = useMemo<SettingsHandle>(
    () => ({
      settings,
      isChanged: (Object.keys(defaults) as (keyof PublicSettings)[]).some((key) => settings[key] !== defaults[key]),
      change,
      reset,
    }),
    [settings, defaults, change, reset],
  );
  return <SettingsContext.Provider value={handle}>{children}</SettingsContext.Provider>;
};
