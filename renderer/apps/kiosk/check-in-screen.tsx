import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../shared/basics/time.ts";
import type { Appointment } from "../../../shared/domain/appointment/appointment.ts";
import { checkInBlockOf, findAppointment } from "../../../shared/domain/appointment/slots.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { dateOf } from "../../ui/public/hall-time.ts";
import { Icon, type IconName } from "../../ui/public/icons.tsx";
import { Name } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useScanner } from "../../ui/public/use-scanner.ts";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { NextButton } from "./tile.tsx";
import { useRefusalText } from "./trouble-screen.tsx";

const CODE_LENGTH = 8;
const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** Gives the place back: at once with the node, else as soon as it is there again. @returns whether it is kept */
const useGiveBack = (): ((appointmentId: string) => Promise<Refusal | "given" | "notKept">) => {
  const terminal = useTerminal();
  return async (appointmentId) => {
    const data = { appointmentId, reason: "person" } as const;
    let outcome = await terminal.send("CancelAppointment", data, { mode: "claim" });
    if (outcome.status === "offline" || outcome.status === "unanswered")
      outcome = await terminal.send("CancelAppointment", data, { mode: "record" });
    if (outcome.status === "refused") return outcome.refusal;
    return outcome.status === "notKept" ? "notKept" : "given";
  };
};

/** Who has an appointment says its code: at its time for a number that counts from it, before to give the place back. */
export const CheckInScreen = ({
  isTaking,
  onCheckIn,
  ...leave
}: LeaveHandlers & {
  readonly isTaking: boolean;
  readonly onCheckIn: (appointment: Appointment) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const refusalText = useRefusalText();
  const giveBack = useGiveBack();
  const [code, setCode] = useState("");
  const [found, setFound] = useState<Appointment | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [cancelling, setCancelling] = useState<"asks" | "sending" | "done" | null>(null);
  const look = (given: string): void => {
    const state = terminal.hall.get();
    if (state.plan === null) return;
    const now = terminal.now();
    const appointment = findAppointment(state, given, dayOf(now, state.plan.utcOffsetMinutes));
    const block: Refusal | null =
      appointment === undefined
        ? { code: "appointment_unknown", params: {} }
        : checkInBlockOf(state.plan, appointment, now);
    setProblem(block === null ? null : refusalText(block));
    // One that is too early is shown: whoever cannot come gives it back before its time.
    const isShown = block === null || (appointment?.state === "booked" && block.code === "check_in_too_early");
    setFound(isShown ? (appointment ?? null) : null);
  };
  const type = (next: string): void => {
    const digits = next.replaceAll(/\D/g, "");
    setCode(digits);
    setProblem(null);
    setFound(null);
    if (digits.length === CODE_LENGTH) look(digits);
  };
  useScanner((scanned) => type(scanned.replaceAll(/\D/g, "").slice(0, CODE_LENGTH)));
  const cancel = async (appointmentId: string): Promise<void> => {
    setCancelling("sending");
    const outcome = await giveBack(appointmentId);
    setCancelling(outcome === "given" ? "done" : null);
    if (outcome === "notKept") setProblem(t("kiosk:checkIn.notCancelled"));
    else if (outcome !== "given") setProblem(refusalText(outcome));
  };

  const offset = plan?.utcOffsetMinutes ?? 480;
  const business = plan?.businesses.find(({ id }) => id === found?.businessId);
  const isBusy = isTaking || cancelling === "sending";
  const act = (words: string, icon: IconName, onClick: () => void): ReactElement => (
    <button type="button" className="big-button kiosk-next" disabled={isBusy} onClick={onClick}>
      <Icon name={icon} />
      {words}
    </button>
  );
  const buttons = (appointment: Appointment): ReactElement | undefined => {
    if (cancelling === "done") return undefined;
    if (cancelling !== null)
      return (
        <div className="confirm-buttons">
          {act(t("kiosk:checkIn.cancelNo"), "back", () => setCancelling(null))}
          {act(t("kiosk:checkIn.cancelYes"), "check", () => void cancel(appointment.id))}
        </div>
      );
    return (
      <div className="confirm-buttons">
        {problem === null ? (
          <NextButton icon="ticket" isBusy={isBusy} onClick={() => onCheckIn(appointment)}>
            {isTaking ? t("kiosk:confirm.taking") : t("kiosk:checkIn.take")}
          </NextButton>
        ) : null}
        {act(t("kiosk:checkIn.cancel"), "change", () => setCancelling("asks"))}
      </div>
    );
  };
  if (found === null)
    return (
      <Page {...leave} isBusy={isTaking} title={t("kiosk:checkIn.title")}>
        <CodeEntry
          label={t("kiosk:checkIn.label")}
          note={problem ?? t("kiosk:checkIn.note")}
          isWrong={problem !== null}
          value={code}
          maxLength={CODE_LENGTH}
          layout="digits"
          onChange={type}
        />
      </Page>
    );
  const said = cancelling === "asks" ? t("kiosk:checkIn.cancelAsk") : cancelling === null ? problem : null;
  return (
    <Page {...leave} isBusy={isBusy} title={t("kiosk:checkIn.title")} below={buttons(found)}>
      <div className="kiosk-stack">
        <section className="card confirm-what">
          <span className="business-letter" aria-hidden="true">
            {found.businessId}
          </span>
          <div>
            <p className="confirm-business">{business === undefined ? found.businessId : <Name of={business} />}</p>
            <p>{dateOf(Date.parse(`${found.day}T12:00:00Z`) - offset * 60_000, offset, language)}</p>
            <p>{t("kiosk:checkIn.slot", { from: found.from, to: found.to })}</p>
          </div>
        </section>
        {cancelling === "done" ? (
          <p role="status" className="kiosk-problem">
            {t("kiosk:checkIn.cancelled")}
          </p>
        ) : said === null ? null : (
          <p role="alert" className="kiosk-problem">
            {said}
          </p>
        )}
      </div>
    </Page>
  );
};
