import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PrintOutcome } from "../../../shared/contract/ipc.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

export interface Booked {
  readonly code: string;
  readonly from: string;
  readonly to: string;
}

/** The code of an appointment that was just made, large, and on paper for whoever wants it. */
export const BookedCard = ({
  booked,
  businessName,
  day,
}: {
  readonly booked: Booked;
  readonly businessName: string;
  readonly day: string;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const [print, setPrint] = useState<PrintOutcome | "printing" | null>(null);
  const start = (): void => {
    if (plan === null || print === "printing") return;
    setPrint("printing");
    const lines = [
      t("kiosk:book.paperCode", { code: booked.code }),
      businessName,
      t("kiosk:book.paperWhen", { day, from: booked.from, to: booked.to }),
      t("kiosk:book.keep"),
    ];
    terminal
      .print({
        language,
        hallName: localName(plan, language).slice(0, 80),
        sampleNote: plan.sample ? t("public:sample") : null,
        title: t("kiosk:book.paperTitle"),
        sections: [{ heading: businessName.slice(0, 60), lines: lines.map((line) => line.slice(0, 300)) }],
        printedAt: terminal.now(),
      })
      .then(setPrint, () => setPrint({ ok: false, error: { code: "failed" } }));
  };
  return (
    <div className="number-screen" data-booked={booked.code}>
      <section className="number-main" aria-live="polite">
        <p>{t("kiosk:book.code")}</p>
        <p className="booked-code">{`${booked.code.slice(0, 4)} ${booked.code.slice(4)}`}</p>
        <p>
          <strong>{businessName}</strong>
        </p>
        <p>{t("kiosk:book.paperWhen", { day, from: booked.from, to: booked.to })}</p>
        <p className="quiet">{t("kiosk:book.keep")}</p>
      </section>
      <button type="button" className="big-button" disabled={print === "printing"} onClick={start}>
        <Icon name="printer" />
        {t("kiosk:book.print")}
      </button>
      {print !== null && print !== "printing" && (
        <p role="status">{print.ok ? t("kiosk:number.printed") : t("kiosk:book.notPrinted")}</p>
      )}
    </div>
  );
};
