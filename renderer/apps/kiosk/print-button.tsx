import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Terminal } from "../../store/terminal.ts";
import { useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";

export type PrintState = "idle" | "printing" | "printed" | "notPrinted";

/** Sends a sheet to the printer and keeps what became of it. */
export const usePrint = (
  first: PrintState,
): { readonly state: PrintState; readonly print: (sheet: Parameters<Terminal["print"]>[0]) => void } => {
  const terminal = useTerminal();
  const [state, setState] = useState(first);
  const print = (sheet: Parameters<Terminal["print"]>[0]): void => {
    setState("printing");
    terminal.print(sheet).then(
      (outcome) => setState(outcome.ok ? "printed" : "notPrinted"),
      () => setState("notPrinted"),
    );
  };
  return { state, print };
};

/** Prints at a tap, and says what became of the paper. */
export const PrintButton = ({
  state,
  idle,
  printed,
  onPrint,
}: {
  readonly state: PrintState;
  /** What it says before, and after it has printed. */
  readonly idle: string;
  readonly printed: string;
  readonly onPrint: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const texts: Readonly<Record<PrintState, string>> = {
    idle,
    printing: t("kiosk:guide.printing"),
    printed,
    notPrinted: t("kiosk:guide.notPrinted"),
  };
  return (
    <button type="button" className="big-button" data-print={state} disabled={state === "printing"} onClick={onPrint}>
      <Icon name="printer" />
      <span role="status">{texts[state]}</span>
    </button>
  );
};
