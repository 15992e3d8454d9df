import { useEffect, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PrintOutcome } from "../../../shared/contract/ipc.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { dateTimeOf } from "../../ui/public/hall-time.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { numberList } from "../../ui/public/number-list.ts";
import { QrCode } from "../../ui/public/qr-code.tsx";
import { ScrollArea } from "../../ui/public/scroll-area.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { ticketPrintOf, ticketQrText } from "./ticket-print.ts";
import type { TakenNumber } from "./take-ticket.ts";
import { useServiceState, WaitFacts } from "./wait-facts.tsx";

const SHOWN_SECONDS = 20;

type PrintState = "printing" | "printed" | "noPrinter" | "outOfPaper" | "failed";

const printStateOf = (outcome: PrintOutcome): PrintState => {
  if (outcome.ok) return "printed";
  if (outcome.error.code === "no_printer") return "noPrinter";
  return outcome.error.code === "out_of_paper" ? "outOfPaper" : "failed";
};

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** The number, very large; printed once, and on the screen whatever the printer does. */
export const NumberScreen = ({
  taken,
  onDone,
}: {
  readonly taken: TakenNumber;
  readonly onDone: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const service = useServiceState(taken.businessId, taken.ticketId);
  const callHelp = useCallHelp();
  const [print, setPrint] = useState<PrintState>("printing");
  const [secondsLeft, setSecondsLeft] = useState(SHOWN_SECONDS);
  const isPrintStarted = useRef(false);

  const business = plan?.businesses.find((candidate) => candidate.id === taken.businessId);
  const businessName = business === undefined ? taken.businessId : localName(business, language);
  const hallName = plan === null ? "" : localName(plan, language);
  const takenAt = dateTimeOf(taken.takenAt, plan?.utcOffsetMinutes ?? 480, language);
  const { wait, counterNumbers } = service;

  useEffect(() => {
    // Once per ticket, whatever React mounts again and whatever changes on the screen meanwhile.
    if (isPrintStarted.current) return;
    isPrintStarted.current = true;
    const sheet = ticketPrintOf(taken, {
      hallName,
      sampleNote: plan?.sample === true ? t("public:sample") : null,
      kind: t("kiosk:print.kind"),
      business: businessName,
      item: taken.itemName,
      lines: [
        t("kiosk:print.ahead", { count: wait.peopleAhead }),
        ...(wait.minutes === null ? [] : [t("kiosk:print.wait", { from: wait.minutes.from, to: wait.minutes.to })]),
        ...(counterNumbers.length === 0
          ? []
          : [t("kiosk:print.counters", { numbers: numberList(counterNumbers, language) })]),
        t("kiosk:print.keep"),
      ],
    });
    const record = (outcome: PrintOutcome): void => {
      setPrint(printStateOf(outcome));
      terminal
        .send(
          "RecordPrint",
          { ticketId: taken.ticketId, outcome: outcome.ok ? "printed" : "failed" },
          { mode: "record" },
        )
        .catch(() => undefined);
    };
    terminal.print(sheet).then(record, () => record({ ok: false, error: { code: "failed" } }));
  }, [terminal, taken, plan, hallName, businessName, wait, counterNumbers, language, t]);

  useEffect(() => {
    let left = SHOWN_SECONDS;
    const again = (): void => {
      left = SHOWN_SECONDS;
      setSecondsLeft(left);
    };
    const timer = setInterval(() => {
      left -= 1;
      setSecondsLeft(Math.max(left, 0));
      if (left <= 0) onDone();
    }, 1000);
    window.addEventListener("pointerdown", again, { passive: true });
    window.addEventListener("keydown", again, { passive: true });
    return () => {
      clearInterval(timer);
      window.removeEventListener("pointerdown", again);
      window.removeEventListener("keydown", again);
    };
  }, [onDone]);

  const printTexts: Readonly<Record<PrintState, string>> = {
    printing: t("kiosk:number.printing"),
    printed: t("kiosk:number.printed"),
    noPrinter: t("kiosk:number.noPrinter"),
    outOfPaper: t("kiosk:number.outOfPaper"),
    failed: t("kiosk:number.printFailed"),
  };
  return (
    <>
      <ScrollArea label={t("kiosk:number.title")}>
        <div className="number-screen">
          <section className="number-main" aria-live="polite">
            <h1>{t("kiosk:number.title")}</h1>
            <p className="number-large" data-testid="number">
              {taken.number}
            </p>
            <p>
              <strong>{businessName}</strong>
            </p>
            {taken.itemName !== null && <p lang="zh-CN">{taken.itemName}</p>}
            <p className="quiet">{takenAt}</p>
          </section>
          <section className="card" aria-label={t("kiosk:guide.wait")}>
            <WaitFacts service={service} isOwn />
            <p className="number-watch">{t("kiosk:number.watch")}</p>
          </section>
          <section className="card number-print" aria-label={t("kiosk:number.paper")}>
            <div className="number-qr">
              <QrCode
                text={ticketQrText(hallName, taken.number, takenAt, taken.ticketId)}
                label={t("kiosk:number.qr")}
              />
            </div>
            <div>
              <p role="status" className="number-print-state">
                <Icon name={print === "printing" || print === "printed" ? "printer" : "phone"} />
                {printTexts[print]}
              </p>
              {taken.isOffline && <p>{t("kiosk:number.offline")}</p>}
              {(print === "outOfPaper" || print === "failed") && (
                <button type="button" className="big-button" onClick={callHelp}>
                  <Icon name="helper" />
                  {t("kiosk:problem.callHelp")}
                </button>
              )}
            </div>
          </section>
        </div>
      </ScrollArea>
      <div className="kiosk-leave">
        <button type="button" className="big-button big-button-primary" onClick={onDone}>
          <Icon name="check" />
          {t("kiosk:number.done", { count: secondsLeft })}
        </button>
      </div>
    </>
  );
};
