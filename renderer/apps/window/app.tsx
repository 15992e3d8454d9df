import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { counterScreenOf } from "../../../shared/domain/queue/counter-screen.ts";
import type { ClerkSession } from "../../store/terminal.ts";
import { applicantSide } from "../../papers/applicant-side.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import type { LeaveLocked } from "../../ui/staff/idle-lock.tsx";
import { LoginPanel } from "../../ui/staff/login-panel.tsx";
import { RefusalCard, TerminalNotices } from "../../ui/staff/notices.tsx";
import { SampleMark } from "../../ui/staff/sample-mark.tsx";
import { StartNotices } from "../../ui/staff/start-notices.tsx";
import { StaffShell } from "../../ui/staff/staff-shell.tsx";
import { StatusBar } from "../../ui/staff/status-bar.tsx";
import { CounterChoice } from "./counter-choice.tsx";
import { findOwnCounter } from "./line-model.ts";
import { OpenPanel } from "./open-panel.tsx";
import { openSecondDisplay, type SecondDisplay } from "./second-display.ts";
import { useClerkActs, type ClerkActs } from "./use-clerk-acts.ts";
import { WorkScreen } from "./work-screen.tsx";
import "./window.css";

const COUNTER = "window.counterId";
const businessesKey = (counterId: string): string => `window.businesses.${counterId}`;

const isTextList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string");

/** Keeps the applicant's side of the counter in step with the state shown here. */
const useSecondDisplay = (counterId: string | null): void => {
  const terminal = useTerminal();
  const display = useRef<SecondDisplay | null>(null);
  useEffect(() => {
    const opened = openSecondDisplay();
    display.current = opened;
    return () => opened.close();
  }, []);
  useEffect(() => {
    if (counterId === null) return undefined;
    const show = (): void =>
      display.current?.show({
        ...counterScreenOf(terminal.hall.get(), counterId),
        applicant: applicantSide.view.get(),
      });
    show();
    const stops = [terminal.hall.subscribe(show), applicantSide.view.subscribe(show)];
    return () => stops.forEach((stop) => stop());
  }, [terminal, counterId]);
};

/** Opens a counter with the businesses that it served last, if the clerk had chosen them. */
const useOpening = (acts: ClerkActs): ((counterId: string) => Promise<void>) => {
  const terminal = useTerminal();
  return async (counterId) => {
    await terminal.writeDraft(COUNTER, counterId);
    const known = new Set(terminal.hall.get().plan?.businesses.map((business) => business.id) ?? []);
    const kept = await terminal.readDraft(businessesKey(counterId));
    const businesses = isTextList(kept) ? kept.filter((id) => known.has(id)) : [];
    await acts.run("OpenCounter", { counterId, ...(businesses.length === 0 ? {} : { businesses }) });
  };
};

/** The clerk's window: sign in, open a counter, then the line, the person at hand, and what to know. */
export const App = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const session = useLive(terminal.clerk);
  const hall = useLive(terminal.hall);
  const acts = useClerkActs();
  const open = useOpening(acts);
  const [chosen, setChosen] = useState<string | null>(terminal.info.counterId);

  useEffect(() => {
    void terminal.readDraft(COUNTER).then((kept) => {
      if (typeof kept === "string") setChosen((before) => before ?? kept);
    });
  }, [terminal]);

  const deviceId = terminal.info.credentials?.deviceId ?? null;
  const own = session === null ? undefined : findOwnCounter(hall, session.clerkId, deviceId);
  useSecondDisplay(own ?? chosen);
  useEffect(() => {
    // The counter that is closed now is the likeliest to be opened next.
    if (own !== undefined) setChosen(own);
  }, [own]);

  const choose = useCallback((counterId: string) => setChosen(counterId), []);
  const rememberBusinesses = (counterId: string, businesses: readonly string[]): void =>
    void terminal.writeDraft(businessesKey(counterId), businesses);

  const signedIn = (_: ClerkSession): void => {
    if (chosen !== null) void open(chosen);
  };

  const leaveLocked = async (): ReturnType<LeaveLocked> => {
    const leaving = await acts.leave(own ?? null);
    if (leaving === "left") return null;
    if (leaving === "notKept") return { key: "window:say.notKept" };
    const ticketId = hall.counters.get(own ?? "")?.ticketId ?? "";
    return { key: "window:say.lockedHoldsTicket", params: { number: hall.tickets.get(ticketId)?.number ?? "" } };
  };

  return (
    <StaffShell title={t("window:title")} leave={leaveLocked}>
      {session !== null && own !== undefined ? (
        <WorkScreen counterId={own} session={session} acts={acts} rememberBusinesses={rememberBusinesses} />
      ) : (
        <div className="gate">
          <header className="gate-head">
            <span>{terminal.info.hallName ?? ""}</span>
            <SampleMark />
          </header>
          <main className="gate-main">
            {session === null ? (
              <LoginPanel heading={t("window:login.heading")} onSignedIn={signedIn}>
                <CounterChoice chosen={chosen} clerkId={null} onChoose={choose} />
              </LoginPanel>
            ) : (
              <OpenPanel
                session={session}
                counterId={chosen}
                busy={acts.busy !== null}
                onChoose={choose}
                onOpen={() => {
                  if (chosen !== null) void open(chosen);
                }}
              />
            )}
            <div className="gate-notices" aria-live="polite">
              <StartNotices />
              {acts.refusals.map(({ id, at, type, refusal }) => (
                <RefusalCard key={id} act={type} at={at} refusal={refusal} onClose={() => acts.closeRefusal(id)} />
              ))}
              <TerminalNotices />
            </div>
          </main>
          <StatusBar />
        </div>
      )}
    </StaffShell>
  );
};
