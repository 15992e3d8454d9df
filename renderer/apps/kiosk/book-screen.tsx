import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { PrintOutcome } from "../../../shared/contract/ipc.ts";
import { appointmentDays, slotsOf } from "../../../shared/domain/appointment/slots.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import { useHall, useLive, useTerminal } from "../../ui/hooks.ts";
import { dateOf } from "../../ui/public/hall-time.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName, Name } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useNow } from "../../ui/use-now.ts";
import { IdentifyScreen } from "./identify-screen.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import type { Person } from "./take-ticket.ts";
import { useRefusalText } from "./trouble-screen.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

interface Choice {
  readonly businessId: string | null;
  readonly day: string | null;
  readonly from: string | null;
}
interface Booked {
  readonly code: string;
  readonly from: string;
  readonly to: string;
}

const Weekday = ({ day }: { readonly day: string }): ReactElement => {
  const language = usePublicLanguage();
  return (
    <>
      {new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" }).format(Date.parse(`${day}T00:00:00Z`))}
    </>
  );
};

const BookedCard = ({
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
    void terminal
      .print({
        hallName: localName(plan, language).slice(0, 80),
        sampleNote: plan.sample ? t("public:sample") : null,
        title: t("kiosk:book.paperTitle"),
        sections: [{ heading: businessName.slice(0, 60), lines: lines.map((line) => line.slice(0, 300)) }],
        printedAt: terminal.now(),
      })
      .then(setPrint);
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
  const businesses = plan?.businesses.filter(({ appointmentsPerSlot }) => appointmentsPerSlot > 0) ?? [];
  const business = businesses.find(({ id }) => id === businessId);
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
              <li key={each.id}>
                <button type="button" className="tile" onClick={() => setChoice({ ...choice, businessId: each.id })}>
                  <span className="business-letter" aria-hidden="true">
                    {each.id}
                  </span>
                  <span className="tile-title">
                    <Name of={each} />
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Page>
    );
  if (day === null)
    return (
      <Page {...leave(() => setChoice({ businessId: null, day: null, from: null }))} title={t("kiosk:book.day")}>
        <ul className="event-tiles">
          {days.map((each) => (
            <li key={each}>
              <button
                type="button"
                className="tile"
                data-day={each}
                onClick={() => setChoice({ ...choice, day: each })}
              >
                <span className="tile-text">
                  <span className="tile-title">
                    {dateOf(Date.parse(`${each}T12:00:00Z`) - offset * 60_000, offset, language)}
                  </span>
                  <span className="tile-note">
                    <Weekday day={each} />
                  </span>
                </span>
              </button>
            </li>
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
            <button
              type="button"
              className="big-button big-button-primary kiosk-next"
              disabled={isSending}
              onClick={() => book(null)}
            >
              <Icon name="check" />
              {isSending ? t("kiosk:book.sending") : t("kiosk:book.confirm", { from })}
            </button>
          )
        }
      >
        {slots.every(({ free }) => free === 0) && <p>{t("kiosk:book.allFull")}</p>}
        <ul className="slot-tiles">
          {slots.map((slot) => (
            <li key={slot.from}>
              <button
                type="button"
                className="tile"
                aria-pressed={from === slot.from}
                data-slot={slot.from}
                disabled={slot.free === 0}
                onClick={() => {
                  setProblem(null);
                  setChoice({ ...choice, from: slot.from });
                }}
              >
                <span className="tile-text">
                  <span className="tile-title">{`${slot.from}–${slot.to}`}</span>
                  <span className="tile-note">
                    {slot.free === 0 ? t("kiosk:book.slotFull") : t("kiosk:book.free", { count: slot.free })}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Page>
    );
  return (
    <IdentifyScreen
      {...leave(() => setChoice({ ...choice, from: null }))}
      ways={ways}
      isTaking={isSending}
      onPerson={book}
    />
  );
};
