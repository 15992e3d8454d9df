import { useEffect, useRef, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { CountdownDialog } from "./countdown-dialog.tsx";

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
    <CountdownDialog about="idle" secondsLeft={secondsLeft}>
      <button ref={stayButton} type="button" className="big-button big-button-primary" onClick={onStay}>
        {t("public:idle.stay")}
      </button>
      <button type="button" className="big-button" onClick={onLeave}>
        {t("public:idle.leave")}
      </button>
    </CountdownDialog>
  );
};
