import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { appointmentDays, slotsOf } from "../../../shared/domain/appointment/slots.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import { appointmentPageUrl } from "../../../shared/domain/kiosk/ticket-page.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { dateOf } from "../../ui/public/hall-time.ts";
import { localName, Name } from "../../ui/public/local-name.tsx";
import { QrCode } from "../../ui/public/qr-code.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useNow } from "../../ui/use-now.ts";
import { BookedCard, type Booked } from "./booked-card.tsx";
import { IdentifyScreen } from "./identify-screen.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import type { Person } from "./take-ticket.ts";
import { NextButton, Tile } from "./tile.tsx";
import { useRefusalText } from "./trouble-screen.tsx";

interface Choice {
  readonly businessId: string | null;
  readonly day: string | null;
  readonly from: string | null;
}
const Weekday = ({ day }: { readonly day: string }): ReactElement => {
  const language = usePublicLanguage();
  return (
    <>
      {new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`))}
    </>
  );
};

/** Whoever would rather do it at home takes the page along. */
const OnPhone = ({ url }: { readonly url: string }): ReactElement => {
  const { t } = useTranslation();
  return (
    <aside className="book-on-phone">
      <div className="number-qr">
        <QrCode text={url} label={t("kiosk:book.onPhone")} />
      </div>
      <p>{t("kiosk:book.onPhone")}</p>
    </aside>
  );
};

/** Makes an appointment: which business, which day, which half hour, and who, where the hall asks it. */
export const BookScreen = ({ onBack, onHome }: LeaveHandlers): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const state = useLive(terminal.hall);
  const now = useNow(30_000);
  const refusalText = useRefusalText();
  const [choice, setChoice] = useState<Choice>({ businessId: null, day: null, from: null });
  const [appointmentId] = useState(() => terminal.newId());
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [booked, setBooked] = useState<Booked | null>(null);
  const { plan } = state;
  const { businessId, day, from } = choice;
  const businesses = useMemo(
    () => plan?.businesses.filter(({ id }) => appointmentDays(plan, id, now).length > 0) ?? [],
    [plan, now],
  );
  const business = plan?.businesses.find(({ id }) => id === businessId);
  const days = useMemo(
    () => (plan === null || businessId === null ? [] : appointmentDays(plan, businessId, now)),
    [plan, businessId, now],
  );
  const slots = useMemo(
    () =>
      businessId === null || day === null ? [] : slotsOf(state, businessId, day, now).filter(({ closed }) => !closed),
    [state, businessId, day, now],
  );
  const ways = kioskSettingsOf(plan).identify;
  const offset = plan?.utcOffsetMinutes ?? 480;
  const phoneUrl = plan === null ? null : appointmentPageUrl(plan, terminal.info.nodeUrl);

  const book = (person: Person | null): void => {
    if (isSending || businessId === null || day === null || from === null) return;
    setSending(true);
    setProblem(null);
    const personal = person === null ? [] : [{ id: terminal.newId(), kind: "person" as const, value: person.value }];
    const fail = (text: string): void => {
      setProblem(text);
      setChoice({ businessId, day, from: null });
    };
    const refused = (refusal: Refusal): void => fail(refusalText(refusal));
    terminal
      .send(
        "BookAppointment",
        {
          appointmentId,
          businessId,
          day,
          from,
          channel: "kiosk",
          itemCode: null,
          itemName: null,
          personKey: null,
          contactId: null,
        },
        { mode: "claim", personal },
      )
      .then((outcome) => {
        const made = terminal.hall.get().appointments.get(appointmentId);
        if (outcome.status === "accepted" && made !== undefined) setBooked(made);
        else if (outcome.status === "refused") refused(outcome.refusal);
        else fail(t("kiosk:book.offline"));
      })
      .catch(() => fail(t("kiosk:book.offline")))
      .finally(() => setSending(false));
  };

  const note =
    problem === null ? undefined : (
      <p className="kiosk-problem" role="alert">
        {problem}
      </p>
    );
  const leave = (step: () => void): LeaveHandlers => ({
    onHome,
    onBack: () => {
      setProblem(null);
      step();
    },
  });
  if (booked !== null && business !== undefined && day !== null)
    return (
      <Page onHome={onHome} onBack={onHome} title={t("kiosk:book.done")}>
        <BookedCard
          booked={booked}
          businessName={localName(business, language)}
          day={dateOf(Date.parse(`${day}T12:00:00Z`) - offset * 60_000, offset, language)}
        />
      </Page>
    );
  if (business === undefined)
    return (
      <Page {...leave(onBack)} title={t("kiosk:book.which")}>
        {businesses.length === 0 ? (
          <p className="kiosk-problem">{t("kiosk:book.none")}</p>
        ) : (
          <ul className="ask-tiles">
            {businesses.map((each) => (
              <Tile
                key={each.id}
                letter={each.id}
                title={<Name of={each} />}
                onClick={() => setChoice({ ...choice, businessId: each.id })}
              />
            ))}
          </ul>
        )}
        {phoneUrl === null || businesses.length === 0 ? null : <OnPhone url={phoneUrl} />}
      </Page>
    );
  if (day === null)
    return (
      <Page {...leave(() => setChoice({ businessId: null, day: null, from: null }))} title={t("kiosk:book.day")}>
        {days.length === 0 && <p className="kiosk-problem">{t("kiosk:book.none")}</p>}
        <ul className="event-tiles">
          {days.map((each) => (
            <Tile
              key={each}
              data={{ "data-day": each }}
              title={dateOf(Date.parse(`${each}T12:00:00Z`) - offset * 60_000, offset, language)}
              note={<Weekday day={each} />}
              onClick={() => setChoice({ ...choice, day: each })}
            />
          ))}
        </ul>
      </Page>
    );
  if (from === null || (ways.length === 1 && ways[0] === "none"))
    return (
      <Page
        {...leave(() => setChoice({ ...choice, day: from === null ? null : day, from: null }))}
        isBusy={isSending}
        title={t("kiosk:book.time")}
        note={note}
        below={
          from === null ? undefined : (
            <NextButton icon="check" isBusy={isSending} onClick={() => book(null)}>
              {isSending ? t("kiosk:book.sending") : t("kiosk:book.confirm", { from })}
            </NextButton>
          )
        }
      >
        {slots.every(({ free }) => free === 0) && <p>{t("kiosk:book.allFull")}</p>}
        <ul className="slot-tiles">
          {slots.map((slot) => (
            <Tile
              key={slot.from}
              data={{ "data-slot": slot.from }}
              isPressed={from === slot.from}
              isDisabled={slot.free === 0}
              title={`${slot.from}–${slot.to}`}
              note={slot.free === 0 ? t("kiosk:book.slotFull") : t("kiosk:book.free", { count: slot.free })}
              onClick={() => {
                setProblem(null);
                setChoice({ ...choice, from: slot.from });
              }}
            />
          ))}
        </ul>
      </Page>
    );
  return (
    <IdentifyScreen
      purpose="book"
      {...leave(() => setChoice({ ...choice, from: null }))}
      ways={ways}
      isTaking={isSending}
      onPerson={book}
    />
  );
};
