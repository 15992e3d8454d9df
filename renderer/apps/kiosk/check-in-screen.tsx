import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../shared/basics/time.ts";
import type { Appointment } from "../../../shared/domain/appointment/appointment.ts";
import { checkInBlockOf, findAppointment } from "../../../shared/domain/appointment/slots.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { Name } from "../../ui/public/local-name.tsx";
import { useScanner } from "../../ui/public/use-scanner.ts";
import { CodeEntry } from "./code-entry.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { NextButton } from "./tile.tsx";
import { useRefusalText } from "./trouble-screen.tsx";

const CODE_LENGTH = 8;
const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

/** Who has an appointment says its code and gets a number that counts from the appointment's time. */
export const CheckInScreen = ({
  isTaking,
  onCheckIn,
  ...leave
}: LeaveHandlers & {
  readonly isTaking: boolean;
  readonly onCheckIn: (appointment: Appointment) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const refusalText = useRefusalText();
  const [code, setCode] = useState("");
  const [found, setFound] = useState<Appointment | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const look = (given: string): void => {
    const state = terminal.hall.get();
    if (state.plan === null) return;
    const now = terminal.now();
    const appointment = findAppointment(state, given, dayOf(now, state.plan.utcOffsetMinutes));
    const block: Refusal | null =
      appointment === undefined
        ? { code: "appointment_unknown", params: {} }
        : checkInBlockOf(state.plan, appointment, now);
    setRefusal(block);
    setFound(block === null && appointment !== undefined ? appointment : null);
  };
  const type = (next: string): void => {
    const digits = next.replaceAll(/\D/g, "");
    setCode(digits);
    setRefusal(null);
    setFound(null);
    if (digits.length === CODE_LENGTH) look(digits);
  };
  useScanner((scanned) => type(scanned.replaceAll(/\D/g, "").slice(0, CODE_LENGTH)));
  const business = plan?.businesses.find(({ id }) => id === found?.businessId);
  return (
    <Page
      {...leave}
      isBusy={isTaking}
      title={t("kiosk:checkIn.title")}
      below={
        found === null ? undefined : (
          <NextButton icon="ticket" isBusy={isTaking} onClick={() => onCheckIn(found)}>
            {isTaking ? t("kiosk:confirm.taking") : t("kiosk:checkIn.take")}
          </NextButton>
        )
      }
    >
      {found === null ? (
        <CodeEntry
          label={t("kiosk:checkIn.label")}
          note={refusal === null ? t("kiosk:checkIn.note") : refusalText(refusal)}
          isWrong={refusal !== null}
          value={code}
          maxLength={CODE_LENGTH}
          layout="digits"
          onChange={type}
        />
      ) : (
        <section className="card confirm-what">
          <span className="business-letter" aria-hidden="true">
            {found.businessId}
          </span>
          <div>
            <p className="confirm-business">{business === undefined ? found.businessId : <Name of={business} />}</p>
            <p>{t("kiosk:checkIn.slot", { from: found.from, to: found.to })}</p>
          </div>
        </section>
      )}
    </Page>
  );
};
