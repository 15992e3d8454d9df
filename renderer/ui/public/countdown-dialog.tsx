import type { ReactElement, ReactNode, Ref } from "react";
import { useTranslation } from "react-i18next";

/** What lies over a public screen while seconds run down: what happens then, and what may be done before. */
export const CountdownDialog = ({
  about,
  secondsLeft,
  title,
  children,
}: {
  readonly about: "idle" | "pause";
  readonly secondsLeft: number;
  readonly title?: Ref<HTMLHeadingElement>;
  readonly children?: ReactNode;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <div className="public-dialog-back">
      <div className="public-dialog" role="alertdialog" aria-modal="true" aria-labelledby="countdown-title">
        <h2 id="countdown-title" ref={title} tabIndex={-1}>
          {t(`public:${about}.title`)}
        </h2>
        <p>{t(`public:${about}.text`)}</p>
        <p className="public-dialog-count" role="timer">
          {t("public:idle.seconds", { count: secondsLeft })}
        </p>
        {children}
      </div>
    </div>
  );
};
