import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";

/** Lies over a public screen that rests; there is nothing to press, it goes away by itself. */
export const PauseDialog = ({ secondsLeft }: { readonly secondsLeft: number }): ReactElement => {
  const { t } = useTranslation();
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <div className="public-dialog-back">
      <div className="public-dialog" role="alertdialog" aria-modal="true" aria-labelledby="pause-title">
        <h2 id="pause-title" ref={title} tabIndex={-1}>
          {t("public:pause.title")}
        </h2>
        <p>{t("public:pause.text")}</p>
        <p className="public-dialog-count" role="timer">
          {t("public:idle.seconds", { count: secondsLeft })}
        </p>
      </div>
    </div>
  );
};
