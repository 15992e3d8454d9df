import { useState } from "react";
import { useTranslation } from "react-i18next";
import { bookingContactSchema, DESK_CONTACT_PATH } from "../../../../shared/contract/desk-floor.ts";
import type { Appointment } from "../../../../shared/domain/appointment/appointment.ts";
import { checkInBlockOf } from "../../../../shared/domain/appointment/slots.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { ConfirmDialog } from "../../../ui/staff/confirm-dialog.tsx";
import { localName } from "../../../ui/staff/local-name.ts";
import { askDesk } from "../ask-desk.ts";
import type { RunAct } from "../reviews/use-desk-act.ts";

interface AppointmentListProps {
  readonly hall: HallState;
  readonly day: string;
  readonly now: number;
  readonly run: RunAct;
}

/** The appointments of a day with what the desk may do for the person: give the number, reach them, cancel. */
export const AppointmentList = ({ hall, day, now, run }: AppointmentListProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const [contacts, setContacts] = useState<Readonly<Record<string, string>>>({});
  const [wish, setWish] = useState<Appointment | null>(null);
  const listed = [...hall.appointments.values()]
    .filter((appointment) => appointment.day === day)
    .sort((left, right) => left.from.localeCompare(right.from) || left.bookedAt - right.bookedAt);

  const show = async ({ id, contactId }: Appointment): Promise<void> => {
    const answer = await askDesk(terminal, DESK_CONTACT_PATH, bookingContactSchema, { contactId });
    const text = answer.ok ? `${answer.value.name} ${answer.value.phone}` : t("deskFloor:list.unavailable");
    setContacts((before) => ({ ...before, [id]: text }));
  };
  const checkIn = ({ id, businessId }: Appointment): void => {
    void run("TakeTicket", {
      ticketId: terminal.newId(),
      businessId,
      class: "appointment",
      itemCode: null,
      itemName: null,
      personKey: null,
      appointmentId: id,
    });
  };
  const stateText = (appointment: Appointment): string => {
    const number = appointment.ticketId === null ? undefined : hall.tickets.get(appointment.ticketId)?.number;
    return number === undefined ? t(`deskFloor:state.${appointment.state}`) : t("deskFloor:list.given", { number });
  };

  return (
    <section className="desk-card" aria-labelledby="appointments-heading">
      <h2 id="appointments-heading">{t("deskFloor:list.heading", { day })}</h2>
      {listed.length === 0 ? (
        <p className="desk-more">{t("deskFloor:list.none")}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {(["slot", "business", "code", "channel", "state", "contact"] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`deskFloor:list.${column}`)}
                </th>
              ))}
              <th scope="col">
                <span className="desk-hidden">{t("deskFloor:list.acts")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {listed.map((appointment) => {
              const { id, code, from, to, contactId, state } = appointment;
              const business = hall.plan?.businesses.find((each) => each.id === appointment.businessId);
              const mayCheckIn = hall.plan !== null && checkInBlockOf(hall.plan, appointment, now) === null;
              return (
                <tr key={id}>
                  <th scope="row">
                    {from}–{to}
                  </th>
                  <td>
                    <b>{appointment.businessId}</b> {business === undefined ? "" : localName(business, i18n.language)}
                  </td>
                  <td className="desk-number">{code}</td>
                  <td>{t(`deskFloor:channel.${appointment.channel}`)}</td>
                  <td>{stateText(appointment)}</td>
                  <td>
                    {contacts[id] !== undefined ? (
                      contacts[id]
                    ) : contactId === null ? (
                      "–"
                    ) : (
                      <button
                        type="button"
                        className="small-button"
                        aria-label={t("deskFloor:list.showOf", { code })}
                        onClick={() => void show(appointment)}
                      >
                        {t("deskFloor:list.show")}
                      </button>
                    )}
                  </td>
                  <td className="desk-row-acts">
                    {mayCheckIn ? (
                      <button
                        type="button"
                        className="small-button"
                        aria-label={t("deskFloor:list.checkInOf", { code })}
                        onClick={() => checkIn(appointment)}
                      >
                        {t("deskFloor:list.checkIn")}
                      </button>
                    ) : null}{" "}
                    {state === "booked" ? (
                      <button
                        type="button"
                        className="small-button small-danger"
                        aria-label={t("deskFloor:list.cancelOf", { code })}
                        onClick={() => setWish(appointment)}
                      >
                        {t("deskFloor:list.cancel")}
                      </button>
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {wish === null ? null : (
        <ConfirmDialog
          question={t("deskFloor:list.cancelQuestion", { code: wish.code, slot: `${wish.from}–${wish.to}` })}
          consequence={t("deskFloor:list.cancelText")}
          confirm={t("deskFloor:list.cancel")}
          danger
          onClose={() => setWish(null)}
          onConfirm={() => void run("CancelAppointment", { appointmentId: wish.id, reason: "desk" })}
        />
      )}
    </section>
  );
};
