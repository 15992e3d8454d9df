import { useTranslation } from "react-i18next";
import type { Intake } from "../../../../shared/domain/case/intake.ts";
import { stillOwed } from "../../../../shared/domain/case/make-up.ts";
import { useHotkeys } from "../../../ui/staff/use-hotkeys.ts";
import { handInFaultText } from "./hand-in-fault.ts";
import type { HandInFault } from "./use-intake.ts";

interface MakeUpBarProps {
  readonly intake: Intake;
  /** How many materials have come in that the hall does not know yet. */
  readonly untold: number;
  readonly isTaken: boolean;
  readonly busy: boolean;
  readonly fault: HandInFault | null;
  readonly onConfirm: () => void;
}

/** Below an accepted intake that waits for something: what is brought later (补交材料) is taken in here. */
export const MakeUpBar = ({ intake, untold, isTaken, busy, fault, onConfirm }: MakeUpBarProps) => {
  const { t } = useTranslation();
  const isReady = untold > 0 && !isTaken && !busy;
  const confirm = (): void => {
    if (isReady) onConfirm();
  };
  useHotkeys({ "Alt+S": confirm });
  return (
    <footer className="outcome-bar make-up-bar" role="group" aria-label={t("intake:makeUp.label")}>
      <button
        type="button"
        className="outcome-button outcome-accept"
        aria-disabled={!isReady}
        aria-keyshortcuts="Alt+S"
        onClick={confirm}
      >
        <kbd>Alt+S</kbd> {t("intake:makeUp.confirm")}
      </button>
      <p className="make-up-what">
        <span>
          {intake.owed === null
            ? t("intake:makeUp.asked")
            : t("intake:makeUp.owed", { n: stillOwed(intake).length, day: intake.owed.by })}
        </span>
        <span>{untold === 0 ? t("intake:makeUp.choose") : t("intake:makeUp.untold", { n: untold })}</span>
      </p>
      <p className="outcome-why" role="alert">
        {fault === null ? "" : handInFaultText(fault, t)}
      </p>
    </footer>
  );
};
