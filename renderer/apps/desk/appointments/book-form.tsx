import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../../shared/basics/time.ts";
import { personNumberFault } from "../../../../shared/domain/appointment/person-number.ts";
import { personOfIdNumber } from "../../../../shared/domain/appointment/person.ts";
import { appointmentDays, slotsOf } from "../../../../shared/domain/appointment/slots.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { localName } from "../../../ui/staff/local-name.ts";
import type { RunAct } from "../reviews/use-desk-act.ts";
import { Button } from "../../../ui/staff/button.tsx";

interface BookFormProps {
  readonly hall: HallState;
  readonly day: string;
  readonly now: number;
  readonly run: RunAct;
  readonly onDay: (day: string) => void;
}

const empty = { name: "", idNumber: "", phone: "" };

/** Makes an appointment. Who it is for goes sealed to the node, never into the log. */
export const BookForm = ({ hall, day, now, run, onDay }: BookFormProps) => {
  const { t, i18n } = useTranslation();
  const terminal = useTerminal();
  const offered = (hall.plan?.businesses ?? []).filter(({ appointmentsPerSlot }) => appointmentsPerSlot > 0);
  const [chosen, setChosen] = useState<string | null>(null);
  const [slot, setSlot] = useState<string | null>(null);
  const [person, setPerson] = useState(empty);
  const [isTried, setTried] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const businessId = chosen ?? offered[0]?.id ?? "";
  const days = hall.plan === null ? [] : appointmentDays(hall.plan, businessId, now);
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  // Those of today are looked at all day, when none can be made any more, too.
  const shownDays = [...new Set([today, ...days])];
  const slots = days.includes(day) ? slotsOf(hall, businessId, day, now) : [];
  const free = slots.find(({ from, closed, free: places }) => from === slot && !closed && places > 0);
  const booked = made === null ? undefined : hall.appointments.get(made);
  const faults = {
    slot: free === undefined,
    name: person.name.trim() === "",
    idNumber: personNumberFault(person.idNumber) !== null,
  };

  const book = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (!free || faults.name || faults.idNumber) return;
    const appointmentId = terminal.newId();
    const contactId = terminal.newId();
    const contact = { name: person.name.trim(), phone: person.phone.trim() };
    const isBooked = await run(
      "BookAppointment",
      {
        appointmentId,
        businessId,
        day,
        from: free.from,
        channel: "desk",
        itemCode: null,
        itemName: null,
        personKey: null,
        contactId,
      },
      [
        { id: terminal.newId(), kind: "person", value: personOfIdNumber(person.idNumber) },
        { id: contactId, kind: "contact", value: JSON.stringify(contact) },
      ],
    );
    if (!isBooked) return;
    setMade(appointmentId);
    setPerson(empty);
    setSlot(null);
    setTried(false);
  };
  const field = (name: keyof typeof empty, max: number, fault: string | null) => (
    <label>
      {t(`deskFloor:book.${name}`)}
      <input
        value={person[name]}
        maxLength={max}
        autoComplete="off"
        aria-invalid={isTried && fault !== null}
        onChange={(event) => setPerson({ ...person, [name]: event.target.value })}
      />
      {isTried && fault !== null ? <span className="floor-fault">{fault}</span> : null}
    </label>
  );

  if (offered.length === 0)
    return (
      <section className="desk-card" aria-labelledby="book-heading">
        <h2 id="book-heading">{t("deskFloor:book.heading")}</h2>
        <p className="desk-more">{t("deskFloor:book.noneOffered")}</p>
      </section>
    );
  return (
    <section className="desk-card" aria-labelledby="book-heading">
      <h2 id="book-heading">{t("deskFloor:book.heading")}</h2>
      <form className="floor-form" onSubmit={(event) => void book(event)} noValidate>
        <label>
          {t("deskFloor:book.business")}
          <select value={businessId} onChange={(event) => setChosen(event.target.value)}>
            {offered.map((business) => (
              <option key={business.id} value={business.id}>
                {business.id} {localName(business, i18n.language)}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t("deskFloor:book.day")}
          <select value={shownDays.includes(day) ? day : ""} onChange={(event) => onDay(event.target.value)}>
            {shownDays.includes(day) ? null : <option value="">{t("deskFloor:book.choose")}</option>}
            {shownDays.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        <fieldset className="book-slots">
          <legend>{t("deskFloor:book.slot")}</legend>
          {slots.length === 0 ? <p className="desk-more">{t("deskFloor:book.noSlots")}</p> : null}
          {slots.map(({ from, to, free: places, closed }) => {
            const isOff = closed || places === 0;
            return (
              <label key={from} data-off={isOff}>
                <input
                  type="radio"
                  name="slot"
                  disabled={isOff}
                  checked={slot === from && !isOff}
                  onChange={() => setSlot(from)}
                />{" "}
                {from}–{to}{" "}
                <small>
                  {closed
                    ? t("deskFloor:book.closed")
                    : places === 0
                      ? t("deskFloor:book.full")
                      : t("deskFloor:book.free", { n: places })}
                </small>
              </label>
            );
          })}
        </fieldset>
        {isTried && faults.slot ? <p className="floor-fault">{t("deskFloor:book.needsSlot")}</p> : null}
        {field("name", 60, faults.name ? t("deskFloor:book.needsName") : null)}
        {field(
          "idNumber",
          40,
          faults.idNumber ? t(`deskFloor:book.idFault.${personNumberFault(person.idNumber) ?? "missing"}`) : null,
        )}
        {field("phone", 30, null)}
        <div className="floor-form-row">
          <Button main submit>
            {t("deskFloor:book.submit")}
          </Button>
        </div>
        <p aria-live="polite" className={booked === undefined ? "desk-hidden" : "book-done"}>
          {booked === undefined
            ? ""
            : t("deskFloor:book.done", {
                day: booked.day,
                slot: `${booked.from}–${booked.to}`,
                code: booked.code,
              })}
        </p>
      </form>
    </section>
  );
};
