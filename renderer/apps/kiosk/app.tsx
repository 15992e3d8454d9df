import { useCallback, useEffect, useReducer, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Appointment } from "../../../shared/domain/appointment/appointment.ts";
import { takeBlockOf } from "../../../shared/domain/hours/take-block.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import type { VisitStop } from "../../../shared/domain/queue/visit-stop.ts";
import { useConnectionPart, useHall, useLink, useLive, useTerminal } from "../../ui/hooks.ts";
import { PublicSettingsProvider } from "../../ui/public/settings.tsx";
import { PublicShell } from "../../ui/public/public-shell.tsx";
import { useLasting } from "../../ui/public/use-lasting.ts";
import { countTaken, findEntry, nameOf, readTakenCounts, type TakenCounts } from "./catalogue-view.ts";
import { BookScreen } from "./book-screen.tsx";
import { CannotScreen } from "./cannot-screen.tsx";
import { CheckInScreen } from "./check-in-screen.tsx";
import { ConfirmScreen } from "./confirm-screen.tsx";
import {
  newVisit,
  nextFlow,
  shownScreen,
  type ChosenService,
  type EntryRef,
  type Errand,
  type Screen,
  type WishClass,
} from "./flow.ts";
import { GreenScreen } from "./green-screen.tsx";
import { GuideScreen } from "./guide-screen.tsx";
import { IdentifyScreen } from "./identify-screen.tsx";
import {
  AskScreen,
  DepartmentsScreen,
  EntriesScreen,
  LifeEventsScreen,
  PackagesScreen,
  PopularScreen,
} from "./list-screens.tsx";
import { NumberScreen } from "./number-screen.tsx";
import { ProgressScreen } from "./progress-screen.tsx";
import { ReprintScreen } from "./reprint-screen.tsx";
import { ReviewScreen } from "./review-screen.tsx";
import { SearchScreen } from "./search-screen.tsx";
import { StartScreen } from "./start-screen.tsx";
import { takeTicket, type Person, type TakeProblem, type TakeWish } from "./take-ticket.ts";
import { TroubleScreen } from "./trouble-screen.tsx";
import { useUnfinishedPrint } from "./use-ticket-print.ts";
import { VisitStrip } from "./visit-strip.tsx";
import { useLeaseKeeper } from "./use-lease-keeper.ts";
import "./kiosk.css";

const COUNTS_DRAFT = "kiosk.takenCounts";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const newSecret = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** All services of the visit once one is on the confirm screen. */
const servicesOf = (
  before: readonly ChosenService[],
  confirmed: Extract<Screen, { at: "confirm" }> | undefined,
): readonly [ChosenService, ...ChosenService[]] | null => {
  if (confirmed === undefined) return null;
  const { businessId, entry } = confirmed;
  const [first, ...rest] = [...before, { businessId, entry }];
  return first === undefined ? null : [first, ...rest];
};

const keyOf = (screen: Screen): string => JSON.stringify(screen);

const Kiosk = (): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { name } = useLive(terminal.standing);
  const catalogue = useLive(terminal.catalogue);
  const link = useLink();
  const storeFault = useConnectionPart("storeFault");
  const [flow, act] = useReducer(nextFlow, newVisit);
  const [counts, setCounts] = useState<TakenCounts>({});
  const isTakingLong = useLasting(flow.isTaking);
  const isTaking = useRef(false);
  const secret = useRef<{ readonly ticketId: string; readonly text: string } | null>(null);
  const plan = useHall(planOf);
  useLeaseKeeper();
  useUnfinishedPrint();

  useEffect(() => {
    void terminal
      .readDraft(COUNTS_DRAFT)
      .then((draft) => setCounts(readTakenCounts(draft)))
      .catch(() => undefined);
  }, [terminal]);

  const screen = shownScreen(flow);
  const open = useCallback((next: Parameters<typeof nextFlow>[1] & { do: "open" }) => act(next), []);
  const openEntry = useCallback((entry: EntryRef) => act({ do: "open", screen: { at: "guide", entry } }), []);
  const confirm = useCallback(
    (businessId: string, entry: EntryRef | null) =>
      act({ do: "confirm", businessId, entry, newTicketId: terminal.newId() }),
    [terminal],
  );
  const home = useCallback(() => act({ do: "home" }), []);
  const back = useCallback(() => act({ do: "back" }), []);

  /** One secret a ticket, also when it is asked for a second time; forgotten with the visit. */
  const secretFor = (ticketId: string): string => {
    if (secret.current?.ticketId !== ticketId) secret.current = { ticketId, text: newSecret() };
    return secret.current.text;
  };

  const run = (wish: Omit<TakeWish, "ticketId" | "secret">, ref: EntryRef | null): void => {
    // A second tap in the same frame comes before React has disabled the button.
    if (isTaking.current || flow.isTaking) return;
    const ticketId = flow.ticketId ?? terminal.newId();
    isTaking.current = true;
    act({ do: "take", newTicketId: ticketId });
    void takeTicket(terminal, { ...wish, ticketId, secret: secretFor(ticketId) })
      .then((outcome) => {
        if (!outcome.ok) {
          act({ do: "failed", problem: outcome.problem });
          return;
        }
        act({ do: "taken", taken: outcome.taken });
        if (ref !== null) {
          const next = countTaken(counts, ref);
          setCounts(next);
          terminal.writeDraft(COUNTS_DRAFT, next).catch(() => undefined);
        }
      })
      .catch(() => act({ do: "failed", problem: { kind: "notKept" } }))
      .finally(() => {
        isTaking.current = false;
      });
  };

  const stopOf = ({ businessId, entry: ref }: ChosenService): VisitStop => {
    const entry = ref === null || catalogue === null ? undefined : findEntry(catalogue, ref);
    return {
      businessId,
      itemCode: ref?.id.slice(0, 64) ?? null,
      itemName: entry === undefined ? null : nameOf(entry).slice(0, 200),
    };
  };

  const confirmed = flow.screens.findLast((each) => each.at === "confirm");
  const services = servicesOf(flow.services, confirmed);
  const ways = kioskSettingsOf(plan).identify;
  const asksWho = ways.some((way) => way !== "none");

  const take = (ticketClass: WishClass, person: Person | null): void => {
    if (services === null) return;
    const [first, ...rest] = services;
    const itemOfPickup = confirmed?.isPickup === true ? t("kiosk:pickup.item") : null;
    const { businessId, itemCode, itemName } = stopOf(first);
    run(
      {
        businessId,
        itemCode,
        itemName: itemName ?? itemOfPickup,
        class: ticketClass,
        stops: rest.map(stopOf),
        greenCode: flow.greenCode,
        person,
      },
      first.entry,
    );
  };
  const checkIn = (appointment: Appointment): void =>
    run(
      {
        businessId: appointment.businessId,
        itemCode: null,
        itemName: null,
        class: "appointment",
        appointmentId: appointment.id,
      },
      null,
    );

  /** Why no number of a business can be had now. Without the node the counters known here may be old: the number counts. */
  const blockOf = (businessId: string): TakeProblem | null => {
    if (flow.isTaking) return null;
    const refusal = takeBlockOf(terminal.hall.get(), businessId, terminal.now());
    if (refusal === null || (link === "offline" && refusal.code === "no_open_counter")) return null;
    return { kind: "refused", refusal };
  };

  const content = (): ReactElement => {
    const leave = { onBack: back, onHome: home };
    const troubled = flow.problem ?? (screen.at === "confirm" ? blockOf(screen.businessId) : null);
    const leaveFor = (at: Errand): void => {
      act({ do: "home" });
      act({ do: "open", screen: { at } });
    };
    if (troubled !== null)
      return (
        <TroubleScreen
          {...leave}
          problem={troubled}
          onBook={() => leaveFor("book")}
          onReprint={() => leaveFor("reprint")}
        />
      );
    switch (screen.at) {
      case "start":
        return (
          <StartScreen
            catalogue={catalogue}
            onBusiness={(id) => confirm(id, null)}
            onErrand={(at) => open({ do: "open", screen: { at } })}
            onPickup={(businessId) =>
              act({ do: "confirm", businessId, entry: null, isPickup: true, newTicketId: terminal.newId() })
            }
            onWay={(at) => open({ do: "open", screen: at === "lifeEvents" ? { at, audience: null } : { at } })}
          />
        );
      case "ask":
        return (
          <AskScreen
            {...leave}
            onAudience={(audience) => open({ do: "open", screen: { at: "lifeEvents", audience } })}
          />
        );
      case "lifeEvents":
        return (
          <LifeEventsScreen
            {...leave}
            catalogue={catalogue}
            audience={screen.audience}
            onLifeEvent={(id) => open({ do: "open", screen: { at: "lifeEvent", id } })}
          />
        );
      case "departments":
        return (
          <DepartmentsScreen
            {...leave}
            catalogue={catalogue}
            onDepartment={(name) => open({ do: "open", screen: { at: "department", name } })}
          />
        );
      case "packages":
        return <PackagesScreen {...leave} catalogue={catalogue} onEntry={openEntry} />;
      case "popular":
        return <PopularScreen {...leave} catalogue={catalogue} counts={counts} onEntry={openEntry} />;
      case "search":
        return (
          <SearchScreen
            {...leave}
            catalogue={catalogue}
            query={flow.query}
            onQuery={(query) => act({ do: "type", query })}
            onEntry={openEntry}
          />
        );
      case "lifeEvent":
        return <EntriesScreen {...leave} catalogue={catalogue} of={{ lifeEvent: screen.id }} onEntry={openEntry} />;
      case "department":
        return <EntriesScreen {...leave} catalogue={catalogue} of={{ department: screen.name }} onEntry={openEntry} />;
      case "guide":
        return (
          <GuideScreen
            {...leave}
            catalogue={catalogue}
            entry={screen.entry}
            onTake={(businessId) => confirm(businessId, screen.entry)}
          />
        );
      case "confirm":
        return services === null ? (
          <></>
        ) : (
          <ConfirmScreen
            {...leave}
            catalogue={catalogue}
            services={services}
            isPickup={screen.isPickup === true}
            isGreen={flow.greenCode !== null}
            isTaking={isTakingLong}
            onTake={(ticketClass) => (asksWho ? act({ do: "identify", class: ticketClass }) : take(ticketClass, null))}
            onAnother={() => act({ do: "addService" })}
          />
        );
      case "identify":
        return (
          <IdentifyScreen
            purpose="take"
            {...leave}
            ways={ways}
            isTaking={isTakingLong}
            onPerson={(person) => take(screen.class, person)}
          />
        );
      case "checkIn":
        return <CheckInScreen {...leave} isTaking={isTakingLong} onCheckIn={checkIn} />;
      case "book":
        return <BookScreen {...leave} />;
      case "progress":
        return <ProgressScreen {...leave} />;
      case "review":
        return <ReviewScreen {...leave} />;
      case "reprint":
        return <ReprintScreen {...leave} />;
      case "cannot":
        return <CannotScreen {...leave} />;
      case "green":
        return <GreenScreen {...leave} onOpen={(greenCode) => act({ do: "openGreen", greenCode })} />;
      case "number":
        return <NumberScreen taken={screen.taken} onDone={home} />;
      default:
        return screen satisfies never;
    }
  };

  return (
    <PublicShell
      screenKey={keyOf(screen)}
      hasTrace={flow !== newVisit}
      isBusy={flow.isTaking || screen.at === "number"}
      canLower
      place={name ?? t("kiosk:place")}
      strip={link === "offline" && storeFault === null ? t("kiosk:offline") : null}
      onForget={home}
    >
      <div className="kiosk" data-screen={screen.at} key={keyOf(screen)}>
        {screen.at !== "number" && screen.at !== "confirm" && (
          <VisitStrip
            services={flow.services}
            isGreen={flow.greenCode !== null}
            catalogue={catalogue}
            onRemove={(index) => act({ do: "removeService", index })}
          />
        )}
        {content()}
      </div>
    </PublicShell>
  );
};

/** The kiosk: find a service, see what to bring, take a number. */
export const App = (): ReactElement => (
  <PublicSettingsProvider>
    <Kiosk />
  </PublicSettingsProvider>
);
