import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { LanguageChooser } from "../../ui/public/language-chooser.tsx";
import { nextScale, usePublicSettings, type PublicSettings, type PublicTheme } from "../../ui/public/settings.tsx";
import { useHelp } from "../../ui/public/use-help.ts";

const SHOWN_MS = 20_000;

const nextTheme: Readonly<Record<PublicTheme, PublicTheme>> = {
  standard: "dark",
  dark: "contrast",
  contrast: "standard",
};

/** For whoever sets the board up, or stands before it: shown on a touch, gone by themselves. */
export const BoardControls = ({
  onTouched,
  onChosen,
}: {
  readonly onTouched: () => void;
  /** The look of a board stays over its restarts. */
  readonly onChosen: (part: Partial<PublicSettings>) => void;
}): ReactElement | null => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { settings } = usePublicSettings();
  const help = useHelp(useLive(terminal.standing).name ?? t("display:place"));
  const [isShown, setShown] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const show = (): void => {
      onTouched();
      setShown(true);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setShown(false), SHOWN_MS);
    };
    window.addEventListener("pointerdown", show);
    window.addEventListener("keydown", show);
    return () => {
      window.removeEventListener("pointerdown", show);
      window.removeEventListener("keydown", show);
      clearTimeout(timer.current);
    };
  }, [onTouched]);
  const themes: Readonly<Record<PublicTheme, string>> = {
    standard: t("display:theme.standard"),
    dark: t("display:theme.dark"),
    contrast: t("display:theme.contrast"),
  };
  if (!isShown) return null;
  return (
    <nav className="service-bar board-controls" aria-label={t("public:bar.label")}>
      <LanguageChooser />
      <button
        type="button"
        aria-pressed={settings.scale !== 100}
        onClick={() => onChosen({ scale: nextScale[settings.scale] })}
      >
        <Icon name="textSize" />
        {t("public:bar.textSize", { percent: settings.scale })}
      </button>
      <button type="button" onClick={() => onChosen({ theme: nextTheme[settings.theme] })}>
        <Icon name="contrast" />
        {themes[settings.theme]}
      </button>
      <button type="button" className="service-bar-help" onClick={help.call}>
        <Icon name="helper" />
        {help.status === "none"
          ? t("public:bar.help")
          : help.status === "asked"
            ? t("public:help.asked")
            : help.status === "answered"
              ? t("public:help.answered")
              : help.status === "undelivered"
                ? t("public:help.undelivered")
                : t("public:help.failed")}
      </button>
    </nav>
  );
};
