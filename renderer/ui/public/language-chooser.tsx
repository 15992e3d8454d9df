import { useEffect, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { languageName } from "../../languages.ts";
import { useTerminal } from "../hooks.ts";
import { Icon } from "./icons.tsx";
import { usePublicSettings, type PublicLanguage } from "./settings.tsx";

/** A button of a bar at the bottom, and above it the languages that this screen offers, each by its own name; nothing where there is no choice. */
export const LanguageChooser = (): ReactElement | null => {
  const { t } = useTranslation();
  const { settings, change } = usePublicSettings();
  const { languages } = useTerminal().info.screen;
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    panel.current?.querySelector<HTMLElement>("[aria-pressed=true]")?.focus();
    const closeOutside = ({ target }: PointerEvent): void => {
      const isInside = target instanceof Node && (panel.current?.contains(target) || opener.current?.contains(target));
      if (!isInside) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside);
    return () => document.removeEventListener("pointerdown", closeOutside);
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (language: PublicLanguage): void => {
    change({ language });
    close();
  };
  const closeOnEscape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close();
  };
  if (languages.length === 1) return null;
  return (
    <>
      <button
        ref={opener}
        type="button"
        className="language-opener"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="globe" />
        {t("public:bar.language")}
      </button>
      {isOpen && (
        <div
          ref={panel}
          className="language-panel"
          role="group"
          aria-label={t("public:bar.language")}
          onKeyDown={closeOnEscape}
        >
          {languages.map((language) => (
            <button
              key={language}
              type="button"
              lang={language}
              aria-pressed={language === settings.language}
              onClick={() => choose(language)}
            >
              <bdi>{languageName(language)}</bdi>
            </button>
          ))}
        </div>
      )}
    </>
  );
};
