import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { lineOfCounter } from "../../../shared/domain/queue/call-policy.ts";
import { offlineLineOf } from "../../../shared/domain/queue/offline-line.ts";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";
import type { ClerkSession } from "../../store/terminal.ts";
import { useLink, useLive, useTerminal } from "../../ui/hooks.ts";
import { useReviewKey } from "../../papers/use-review-key.ts";
import { localName } from "../../ui/staff/local-name.ts";
import { SampleMark } from "../../ui/staff/sample-mark.tsx";
import { focusHome } from "../../ui/staff/dialog.tsx";
import { StatusBar } from "../../ui/staff/status-bar.tsx";
import { useHotkeys } from "../../ui/staff/use-hotkeys.ts";
import type { ClerkAct } from "./act.ts";
import { CurrentPanel } from "./current-panel.tsx";
import type { DialogWish } from "./dialogs.tsx";
import { ItemGuide } from "./item-guide.tsx";
import { keyOf, possibleActs, type WindowAct } from "./keys.ts";
import { LinePanel, type LineAct } from "./line-panel.tsx";
import { SideNotices } from "./side-notices.tsx";
import type { ClerkActs } from "./use-clerk-acts.ts";
import { later } from "../../ui/later.tsx";

const loadDialogs = () => import("./dialogs.tsx");
const WindowDialogs = later(async () => (await loadDialogs()).WindowDialogs);

/** Which button shows that its act is under way. */
const buttonOf = (busy: ClerkAct | "CallNext" | null): WindowAct | null => {
  switch (busy) {
    case "CallNext":
      return "callNext";
    case "RecallTicket":
      return "recall";
    case "MissTicket":
      return "miss";
    case "BeginService":
      return "begin";
    case "EndService":
      return "end";
    case "ParkService":
      return "park";
    case "TransferTicket":
      return "transfer";
    case "PauseCounter":
    case "ResumeCounter":
      return "pause";
    case "OpenCounter":
    case "CloseCounter":
    case "CancelTicket":
    case "PinTicket":
    case "ReturnTicket":
    case "ResumeService":
    case "ReopenService":
    case "AnswerHelp":
    case null:
      return null;
  }
};

const loadIntake = () => import("./intake/intake-screen.tsx");
const IntakeScreen = later(async () => (await loadIntake()).IntakeScreen);
const WindowLedgers = later(async () => (await import("./window-ledgers.tsx")).WindowLedgers);
const CaseScreen = later(async () => (await import("../../ui/cases/case-screen.tsx")).CaseScreen);

/** What stands in the middle, in the order of the buttons, with the key that leads there. */
const workViews = { calling: null, intake: "F10", cases: "F11", ledgers: null } as const;
type WorkView = keyof typeof workViews;

const viewKeys: Readonly<Record<WorkView, string>> = {
  calling: "window:head.calling",
  intake: "window:head.intake",
  cases: "window:head.cases",
  ledgers: "ledgers:view",
};

interface WorkScreenProps {
  readonly counterId: string;
  readonly session: ClerkSession;
  readonly acts: ClerkActs;
  readonly rememberBusinesses: (counterId: string, businesses: readonly string[]) => void;
}

/** A clerk at an open counter: left the line, in the centre the person at hand, right what to know and to check. */
export const WorkScreen = ({ counterId, session, acts, rememberBusinesses }: WorkScreenProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const catalogue = useLive(terminal.catalogue);
  const [wish, setWish] = useState<DialogWish | null>(null);
  const [view, setView] = useState<WorkView>("calling");
  const [reopen, setReopen] = useState<string | null>(null);
  /** What the list of cases opens with. */
  const [firstCase, setFirstCase] = useState<string | null>(null);
  const counter = hall.counters.get(counterId);
  const ticket = counter?.ticketId == null ? undefined : hall.tickets.get(counter.ticketId);
  const isOnline = useLink() === "online";
  const waiting = useMemo(
    () => (isOnline ? lineOfCounter(hall, counterId) : offlineLineOf(hall, counterId)),
    [hall, counterId, isOnline],
  );
  const possible = possibleActs(counter, ticket);
  const planned = hall.plan?.counters.find((each) => each.id === counterId);

  useEffect(() => {
    // The screen before took the focus away with it.
    if (document.activeElement === document.body) focusHome();
    // Ready before the first key is pressed, and not in the way of the first paint.
    const timer = setTimeout(() => void loadDialogs().then(loadIntake), 300);
    return () => clearTimeout(timer);
  }, []);

  const leave = (kind: "closeCounter" | "logout"): void => {
    if (ticket) acts.say("holdsTicket");
    else setWish({ kind });
  };

  const act = (wanted: WindowAct): void => {
    if (!possible.has(wanted) || acts.busy !== null) return;
    switch (wanted) {
      case "callNext":
        void acts.call(counterId);
        return;
      case "pause":
        if (counter?.state === "paused") void acts.run("ResumeCounter", { counterId });
        else setWish({ kind: "pause" });
        return;
      case "recall":
        if (ticket) void acts.run("RecallTicket", { ticketId: ticket.id, counterId });
        return;
      case "begin":
        if (ticket) void acts.run("BeginService", { ticketId: ticket.id, counterId });
        return;
      case "end":
        if (ticket) void acts.run("EndService", { ticketId: ticket.id, counterId });
        return;
      case "miss":
      case "park":
      case "transfer":
        if (ticket) setWish({ kind: wanted, ticket });
    }
  };

  const actOnLine = (wanted: LineAct, chosen: Ticket): void => {
    if (wanted === "pin" || wanted === "cancel") setWish({ kind: wanted, ticket: chosen });
    else if (wanted === "resume") void acts.run("ResumeService", { ticketId: chosen.id, counterId });
    else void acts.run("ReturnTicket", { ticketId: chosen.id });
  };

  const actWithReason = (
    kind: "miss" | "park" | "pin" | "cancel" | "pause",
    about: Ticket | null,
    reason: string,
  ): void => {
    if (kind === "pause") void acts.run("PauseCounter", { counterId, reason });
    if (about === null) return;
    const ticketId = about.id;
    if (kind === "miss") void acts.run("MissTicket", { ticketId, counterId, reason });
    if (kind === "park") void acts.run("ParkService", { ticketId, counterId, reason });
    if (kind === "pin") void acts.run("PinTicket", { ticketId, reason });
    if (kind === "cancel") void acts.run("CancelTicket", { ticketId, reason });
  };

  useHotkeys({
    F1: () => setWish({ kind: "help" }),
    [keyOf.callNext]: () => act("callNext"),
    [keyOf.recall]: () => act("recall"),
    [keyOf.miss]: () => act("miss"),
    [keyOf.begin]: () => act("begin"),
    [keyOf.end]: () => act("end"),
    [keyOf.park]: () => act("park"),
    [keyOf.transfer]: () => act("transfer"),
    [keyOf.pause]: () => act("pause"),
    F10: () => setView((before) => (before === "intake" ? "calling" : "intake")),
    F11: () => {
      setFirstCase(null);
      setView((before) => (before === "cases" ? "calling" : "cases"));
    },
  });

  useReviewKey();

  if (!counter) return null;
  const question = acts.question;
  const dialog: DialogWish | null =
    question === null ? wish : { kind: question.kind === "offline" ? "offlineCall" : "unansweredCall" };
  const closeDialog = (): void => {
    if (question === null) setWish(null);
    else acts.leaveQuestion();
  };

  return (
    <div className="work">
      <header className="work-head">
        <h1>{t("window:head.counter", { counter: planned?.number ?? counterId })}</h1>
        <span className="work-counter-name">{planned === undefined ? "" : localName(planned, i18n.language)}</span>
        <span className={counter.state === "paused" ? "state-chip state-paused" : "state-chip state-open"}>
          {counter.state === "paused" ? t("window:head.paused") : t("window:head.open")}
        </span>
        <SampleMark />
        <span className="status-gap" />
        <span className="work-clerk">{t("window:head.clerk", { name: session.name, clerkNo: session.clerkNo })}</span>
        {view !== "calling" && ticket !== undefined ? (
          <span className="state-chip state-serving work-ticket">{ticket.number}</span>
        ) : null}
        {(Object.keys(workViews) as WorkView[]).map((each) => (
          <button
            key={each}
            type="button"
            className="head-button"
            aria-pressed={view === each}
            {...(workViews[each] === null ? {} : { "aria-keyshortcuts": workViews[each] })}
            onClick={() => {
              setFirstCase(null);
              setView(each);
            }}
          >
            {workViews[each] === null ? null : <kbd>{workViews[each]}</kbd>} {t(viewKeys[each])}
          </button>
        ))}
        <button type="button" className="head-button" onClick={() => setWish({ kind: "businesses" })}>
          {t("window:head.businesses")}
        </button>
        <button type="button" className="head-button" aria-keyshortcuts="F1" onClick={() => setWish({ kind: "help" })}>
          <kbd>F1</kbd> {t("window:head.help")}
        </button>
        <button type="button" className="head-button" onClick={() => leave("closeCounter")}>
          {t("window:head.close")}
        </button>
        <button type="button" className="head-button" onClick={() => leave("logout")}>
          {t("window:head.logout")}
        </button>
      </header>
      <main className="work-main">
        <LinePanel counterId={counterId} counterFree={ticket === undefined} onAct={actOnLine} />
        {view === "intake" && catalogue !== null ? (
          <IntakeScreen
            counterId={counterId}
            ticket={ticket}
            catalogue={catalogue}
            notices={<SideNotices counterId={counterId} acts={acts} />}
            reopen={reopen}
            onReopened={() => setReopen(null)}
            onCase={(caseId) => {
              setFirstCase(caseId);
              setView("cases");
            }}
            onClose={() => setView("calling")}
          />
        ) : view === "ledgers" ? (
          <div className="work-cases">
            <WindowLedgers />
          </div>
        ) : view === "cases" ? (
          <div className="work-cases">
            <CaseScreen
              side="window"
              counterId={counterId}
              first={firstCase}
              onIntake={(intakeId) => {
                setReopen(intakeId);
                setView("intake");
              }}
            />
          </div>
        ) : (
          <>
            <CurrentPanel
              plan={hall.plan}
              counter={counter}
              ticket={ticket}
              next={waiting[0]}
              waiting={waiting.length}
              possible={possible}
              busy={acts.busy !== null}
              busyAct={buttonOf(acts.busy)}
              onAct={act}
              onCancel={(about) => setWish({ kind: "cancel", ticket: about })}
            />
            <aside className="side-panel" aria-label={t("window:side.label")}>
              <SideNotices counterId={counterId} acts={acts} />
              <ItemGuide ticket={ticket} />
            </aside>
          </>
        )}
      </main>
      <StatusBar refusals={acts.refusals.length}>
        <span className="lamp lamp-quiet">
          <span className="lamp-sign" aria-hidden="true">
            –
          </span>
          {t("window:status.printer")}
        </span>
      </StatusBar>
      {dialog !== null && hall.plan !== null ? (
        <WindowDialogs
          wish={dialog}
          plan={hall.plan}
          counters={hall.counters}
          counterId={counterId}
          onClose={closeDialog}
          onReason={actWithReason}
          onTransfer={(about, target, reason) =>
            void acts.run("TransferTicket", { ticketId: about.id, counterId, ...target, reason })
          }
          onBusinesses={(businesses) => {
            rememberBusinesses(counterId, businesses);
            void acts.run("OpenCounter", { counterId, businesses: [...businesses] });
          }}
          onCloseCounter={() => void acts.run("CloseCounter", { counterId })}
          onLogout={() => {
            void acts.leave(counterId).then((leaving) => {
              if (leaving !== "left") acts.say(leaving);
            });
          }}
          onCallAlone={() => void acts.callAlone(counterId)}
        />
      ) : null}
    </div>
  );
};
