import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./icons.tsx";
import { LanguageChooser } from "./language-chooser.tsx";
import { nextScale, usePublicSettings } from "./settings.tsx";

/** What every public screen offers whoever stands there: language, large type, contrast, voice, reach, a helper. */
export const ServiceBar = ({
  canLower,
  readAloud,
  onHelp,
}: {
  readonly canLower: boolean;
  readonly readAloud: { readonly isAvailable: boolean; readonly isReading: boolean; readonly toggle: () => void };
  readonly onHelp: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const { settings, change } = usePublicSettings();
  const isContrast = settings.theme === "contrast";
  return (
    <nav className="service-bar" aria-label={t("public:bar.label")}>
      <LanguageChooser />
      <button
        type="button"
        aria-pressed={settings.scale !== 100}
        onClick={() => change({ scale: nextScale[settings.scale] })}
      >
        <Icon name="textSize" />
        {t("public:bar.textSize", { percent: settings.scale })}
      </button>
      <button
        type="button"
        aria-pressed={isContrast}
        onClick={() => change({ theme: isContrast ? "standard" : "contrast" })}
      >
        <Icon name="contrast" />
        {t("public:bar.contrast")}
      </button>
      {readAloud.isAvailable && (
        <button type="button" aria-pressed={readAloud.isReading} onClick={readAloud.toggle}>
          <Icon name="speaker" />
          {t("public:bar.readAloud")}
        </button>
      )}
      {canLower && (
        <button type="button" aria-pressed={settings.lowered} onClick={() => change({ lowered: !settings.lowered })}>
          <Icon name="lower" />
          {t("public:bar.lower")}
        </button>
      )}
      <button type="button" className="service-bar-help" onClick={onHelp}>
        <Icon name="helper" />
        {t("public:bar.help")}
      </button>
    </nav>
  );
};
