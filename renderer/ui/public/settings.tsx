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
import { useTerminal } from "../hooks.ts";

export type PublicLanguage = "zh-CN" | "en";
export type PublicTheme = "standard" | "contrast" | "dark";
export type TextScale = 100 | 150 | 200;

/** Each language by its own name, whatever the language of the screen. */
export const languageNames: Readonly<Record<PublicLanguage, string>> = { "zh-CN": "中文", en: "English" };

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

/** The language of texts that the data carry in two languages (names of the hall, of businesses, of counters). */
export const usePublicLanguage = (): PublicLanguage => usePublicSettings().settings.language;

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
  const { language } = useTerminal().info;
  const defaults = useMemo<PublicSettings>(() => ({ language, theme, scale: 100, lowered: false }), [language, theme]);
  const [settings, setSettings] = useState(defaults);
  const change = useCallback(
    (part: Partial<PublicSettings>) => setSettings((previous) => ({ ...previous, ...part })),
    [],
  );
  const reset = useCallback(() => setSettings(defaults), [defaults]);

  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = settings.language;
    root.dataset["theme"] = settings.theme;
    root.dataset["scale"] = String(settings.scale);
  }, [settings]);
  useLayoutEffect(() => {
    if (i18n.language !== settings.language) void i18n.changeLanguage(settings.language);
  }, [i18n, settings.language]);

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
