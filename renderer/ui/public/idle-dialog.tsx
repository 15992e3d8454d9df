import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** The visible countdown before a public screen forgets the person. */
export const IdleDialog = ({
  secondsLeft,
  onStay,
  onLeave,
}: {
  readonly secondsLeft: number;
  readonly onStay: () => void;
  readonly onLeave: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const stayButton = useRef<HTMLButtonElement>(null);
  useEffect(() => stayButton.current?.focus(), []);
  return (
    <div className="public-dialog-back">
      <div className="public-dialog" role="alertdialog" aria-modal="true" aria-labelledby="idle-title">
        <h2 id="idle-title">{t("public:idle.title")}</h2>
        <p>{t("public:idle.text")}</p>
        <p className="public-dialog-count" role="timer">
          {t("public:idle.seconds", { count: secondsLeft })}
        </p>
        <button ref={stayButton} type="button" className="big-button big-button-primary" onClick={onStay}>
          {t("public:idle.stay")}
        </button>
        <button type="button" className="big-button" onClick={onLeave}>
          {t("public:idle.leave")}
        </button>
      </div>
    </div>
  );
};
