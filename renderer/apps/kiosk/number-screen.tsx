import { useCallback, useEffect, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { followDigest, ticketPageUrl } from "../../../shared/domain/kiosk/ticket-page.ts";
import { ticketCheckOf } from "../../../shared/domain/review/claim.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { dateTimeOf } from "../../ui/public/hall-time.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { numberList } from "../../ui/public/number-list.ts";
import { QrCode } from "../../ui/public/qr-code.tsx";
import { ScrollArea } from "../../ui/public/scroll-area.tsx";
import { usePublicLanguage, usePublicSettings } from "../../ui/public/settings.tsx";
import { useCallHelp } from "../../ui/public/use-help.ts";
import { shownSeconds } from "./shown-seconds.ts";
import { ticketPrintOf } from "./ticket-print.ts";
import type { TakenNumber } from "./take-ticket.ts";
import { useTicketPrint, type PrintState } from "./use-ticket-print.ts";
import { aheadLine, waitLine } from "./wait-lines.ts";
import { useServiceState, WaitFacts } from "./wait-facts.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const useCountdown = (seconds: number, onOver: () => void): number => {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    let rest = seconds;
    setLeft(rest);
    const again = (): void => {
      rest = seconds;
      setLeft(rest);
    };
    const timer = setInterval(() => {
      rest -= 1;
      setLeft(Math.max(rest, 0));
      if (rest <= 0) onOver();
    }, 1000);
    window.addEventListener("pointerdown", again, { passive: true });
    window.addEventListener("keydown", again, { passive: true });
    return () => {
      clearInterval(timer);
      window.removeEventListener("pointerdown", again);
      window.removeEventListener("keydown", again);
    };
  }, [seconds, onOver]);
  return left;
};

/** What became of the paper, and what the person can do about it. */
const Paper = ({
  state,
  isOffline,
  onAgain,
  onTell,
  onGiveBack,
}: {
  readonly state: PrintState;
  readonly isOffline: boolean;
  readonly onAgain: () => void;
  readonly onTell: (cameOut: boolean) => void;
  readonly onGiveBack: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const callHelp = useCallHelp();
  const texts: Readonly<Record<PrintState, string>> = {
    printing: t("kiosk:number.printing"),
    printed: t("kiosk:number.printed"),
    noPrinter: t("kiosk:number.noPrinter"),
    outOfPaper: t("kiosk:number.outOfPaper"),
    coverOpen: t("kiosk:number.coverOpen"),
    failed: t("kiosk:number.printFailed"),
    asked: t("kiosk:number.asked"),
  };
  const isTrouble = state === "outOfPaper" || state === "coverOpen" || state === "failed";
  return (
    <div data-print={state}>
      <p role={isTrouble || state === "asked" ? "alert" : "status"} className="number-print-state">
        <Icon name={isTrouble || state === "asked" ? "warning" : state === "noPrinter" ? "phone" : "printer"} />
        {texts[state]}
      </p>
      {isOffline && <p>{t("kiosk:number.offline")}</p>}
      {state === "asked" && (
        <div className="trouble-ways">
          <button type="button" className="big-button big-button-primary" onClick={() => onTell(true)}>
            <Icon name="check" />
            {t("kiosk:number.cameOut")}
          </button>
          <button type="button" className="big-button" onClick={() => onTell(false)}>
            <Icon name="warning" />
            {t("kiosk:number.didNotCome")}
          </button>
        </div>
      )}
      {isTrouble && (
        <div className="trouble-ways">
          <button type="button" className="big-button" onClick={onAgain}>
            <Icon name="printer" />
            {t("kiosk:number.again")}
          </button>
          <button type="button" className="big-button" onClick={callHelp}>
            <Icon name="helper" />
            {t("kiosk:problem.callHelp")}
          </button>
          <button type="button" className="big-button" onClick={onGiveBack}>
            <Icon name="backspace" />
            {t("kiosk:number.giveBack")}
          </button>
        </div>
      )}
      {state === "printed" && (
        <button type="button" className="big-button" onClick={() => onTell(false)}>
          <Icon name="question" />
          {t("kiosk:number.notThere")}
        </button>
      )}
    </div>
  );
};

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
  const { state: print, start, again, tell } = useTicketPrint(taken.ticketId);
  const [isGivenBack, setGivenBack] = useState(false);
  const { settings, reset } = usePublicSettings();
  /** The visit is over: whoever comes next finds the screen in its own language and size. */
  const leave = useCallback((): void => {
    reset();
    onDone();
  }, [reset, onDone]);
  const secondsLeft = useCountdown(shownSeconds(print, settings.scale), leave);

  const business = plan?.businesses.find((candidate) => candidate.id === taken.businessId);
  const businessName = business === undefined ? taken.businessId : localName(business, language);
  const takenAt = dateTimeOf(taken.takenAt, plan?.utcOffsetMinutes ?? 480, language);
  const { wait, counterNumbers } = service;
  const pageUrl =
    plan === null || taken.secret === undefined
      ? null
      : ticketPageUrl(plan, terminal.info.nodeUrl, {
          hallId: plan.hallId,
          ticketId: taken.ticketId,
          secret: taken.secret,
        });
  const check = taken.secret === undefined ? null : ticketCheckOf(followDigest(taken.secret));
  const kinds = {
    ordinary: t("kiosk:print.kind"),
    priority: t("kiosk:print.kind"),
    appointment: t("kiosk:print.kindAppointment"),
    green: t("kiosk:print.kindGreen"),
    pickup: t("kiosk:print.kindPickup"),
  };

  useEffect(() => {
    start(
      ticketPrintOf(taken, {
        language,
        hallName: plan === null ? "" : localName(plan, language),
        sampleNote: plan?.sample === true ? t("public:sample") : null,
        kind: kinds[taken.class ?? "ordinary"],
        business: business === undefined ? taken.businessId : localName(business, language),
        item: taken.itemName,
        lines: [
          aheadLine(t, wait.peopleAhead),
          ...(wait.minutes === null ? [] : [waitLine(t, wait.minutes)]),
          ...(wait.afterClosing ? [t("kiosk:wait.afterClosing")] : []),
          ...(counterNumbers.length === 0
            ? []
            : [t("kiosk:print.counters", { numbers: numberList(counterNumbers, language) })]),
          ...((taken.stops ?? 0) === 0 ? [] : [t("kiosk:print.stops", { count: taken.stops })]),
          ...(taken.personShown === undefined ? [] : [taken.personShown]),
          t("kiosk:print.keep"),
          ...(check === null ? [] : [t("kiosk:print.reviewCheck", { code: check })]),
          ...(pageUrl === null ? [] : [t("kiosk:print.follow")]),
        ],
        qr: pageUrl,
      }),
    );
  });

  const giveBack = (): void => {
    terminal
      .send("CancelTicket", { ticketId: taken.ticketId, reason: "not_printed" }, { mode: "record" })
      .then((outcome) => {
        if (outcome.status === "accepted" || outcome.status === "kept") setGivenBack(true);
      })
      .catch(() => undefined);
  };

  return (
    <>
      <ScrollArea label={t("kiosk:number.title")}>
        {isGivenBack ? (
          <div className="number-screen" data-void={taken.number}>
            <p role="status" className="trouble-sentence">
              {t("kiosk:number.givenBack", { number: taken.number })}
            </p>
          </div>
        ) : (
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
              {(taken.stops ?? 0) > 0 && <p>{t("kiosk:print.stops", { count: taken.stops })}</p>}
              <p className="quiet">{takenAt}</p>
            </section>
            <section className="card" aria-label={t("kiosk:guide.wait")}>
              <WaitFacts service={service} isOwn />
              <p className="number-watch">{t("kiosk:number.watch")}</p>
            </section>
            <section className="card number-print" aria-label={t("kiosk:number.paper")}>
              {pageUrl !== null && (
                <div className="number-qr">
                  <QrCode text={pageUrl} label={t("kiosk:number.qr")} />
                  <p className="quiet">{t("kiosk:number.qrNote")}</p>
                </div>
              )}
              <div className="number-paper">
                <Paper state={print} isOffline={taken.isOffline} onAgain={again} onTell={tell} onGiveBack={giveBack} />
                {check !== null && print !== "printed" && print !== "printing" && (
                  <p data-testid="review-check">{t("kiosk:print.reviewCheck", { code: check })}</p>
                )}
              </div>
            </section>
          </div>
        )}
      </ScrollArea>
      <div className="kiosk-leave">
        <button type="button" className="big-button big-button-primary" onClick={leave}>
          <Icon name="check" />
          <span className="two-lines">
            {t("kiosk:number.done")}
            <small>{t("kiosk:number.returns", { count: secondsLeft })}</small>
          </span>
        </button>
      </div>
    </>
  );
};
