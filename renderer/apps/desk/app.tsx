import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../shared/basics/time.ts";
import type { CommandData } from "../../../shared/domain/hall/commands.ts";
import type { Refusal } from "../../../shared/domain/hall/refusal.ts";
import type { Anomaly } from "../../../shared/domain/hall/state.ts";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";
import type { ClerkSession } from "../../store/terminal.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { actNameKey } from "../../ui/staff/act-name.ts";
import { localName } from "../../ui/staff/local-name.ts";
import { LoginPanel } from "../../ui/staff/login-panel.tsx";
import { NoticeCard, RefusalCard, TerminalNotices } from "../../ui/staff/notices.tsx";
import { SampleMark } from "../../ui/staff/sample-mark.tsx";
import { StartNotices } from "../../ui/staff/start-notices.tsx";
import { StaffShell } from "../../ui/staff/staff-shell.tsx";
import { StatusBar } from "../../ui/staff/status-bar.tsx";
import { useNow } from "../../ui/use-now.ts";
import { deskModelOf, type DeskCounter, type DeskModel } from "./desk-model.ts";
import { useIsCity } from "./city/use-is-city.ts";
import { goTo, useRoute, views, type View } from "./route.ts";
import { CountersPanel, LinesPanel, ReviewsPanel } from "./live-view.tsx";
import { TicketsPanel, type TicketWish } from "./tickets-panel.tsx";
import { later } from "../../ui/later.tsx";
import "./desk.css";

const loadDialogs = () => import("./dialogs.tsx");
const HomeView = later(async () => (await import("./home/home-view.tsx")).HomeView, <main />);
const CityView = later(async () => (await import("./city/city-view.tsx")).CityView, <main />);
const LedgersView = later(async () => (await import("./ledgers/ledgers-view.tsx")).LedgersView, <main />);
const ReviewsView = later(async () => (await import("./reviews/reviews-view.tsx")).ReviewsView, <main />);
const OrdersView = later(async () => (await import("./orders/orders-view.tsx")).OrdersView, <main />);
const ReleasesView = later(async () => (await import("./releases/releases-view.tsx")).ReleasesView);
const FleetView = later(async () => (await import("./fleet/fleet-view.tsx")).FleetView, <main />);
const FloorView = later(async () => (await import("./floor/floor-view.tsx")).FloorView, <main />);
const PlanView = later(async () => (await import("./plan/plan-view.tsx")).PlanView, <main />);
const AppointmentsView = later(
  async () => (await import("./appointments/appointments-view.tsx")).AppointmentsView,
  <main />,
);
const DeskDialog = later(async () => (await loadDialogs()).DeskDialog);

export type DeskWish =
  | { readonly kind: Exclude<TicketWish, "return">; readonly ticket: Ticket }
  | { readonly kind: "closeCounter"; readonly counter: DeskCounter };

type DeskAct = "ReturnTicket" | "CancelTicket" | "PinTicket" | "CloseCounter" | "AnswerHelp";

interface RefusedAct {
  readonly id: string;
  readonly at: number;
  readonly type: DeskAct;
  readonly refusal: Refusal;
}

const CaseScreen = later(async () => (await import("../../ui/cases/case-screen.tsx")).CaseScreen);

/** What a department works on: its own cases, orders and ledger entries, and nothing else of the hall. */
const departmentViews: readonly View[] = ["home", "cases", "orders", "ledgers"];

/** What is given to terminals is found among them. */
const hasButton = (view: View): boolean => view !== "updates";

const viewKeys: Readonly<Record<View, string>> = {
  home: "home:view",
  live: "deskFloor:view.live",
  cases: "cases:desk.open",
  floor: "deskFloor:view.floor",
  appointments: "deskFloor:view.appointments",
  orders: "orders:open",
  reviews: "deskFloor:view.reviews",
  ledgers: "ledgers:view",
  plan: "deskPlan:title",
  terminals: "fleet:view",
  city: "city:view",
  updates: "releases:view",
};

const Lights = ({ lights }: { readonly lights: DeskModel["lights"] }) => {
  const { t, i18n } = useTranslation();
  if (lights.length === 0)
    return (
      <p className="desk-light desk-light-ok">
        <span className="lamp-sign" aria-hidden="true">
          ✓
        </span>
        {t("desk:light.none")}
      </p>
    );
  return (
    <ul className="desk-lights" aria-label={t("desk:light.label")}>
      {lights.map((light) => (
        <li key={`${light.key} ${light.business?.id ?? ""}`} className={`desk-light desk-light-${light.tone}`}>
          <b>{light.tone === "alarm" ? t("desk:light.red") : t("desk:light.yellow")}</b>
          {t(light.key, {
            ...light.params,
            business: light.business === null ? "" : localName(light.business, i18n.language),
          })}
        </li>
      ))}
    </ul>
  );
};

const AnomalyCard = ({ anomaly, offset }: { readonly anomaly: Anomaly; readonly offset: number }) => {
  const { t } = useTranslation();
  return (
    <NoticeCard
      tone="warn"
      title={t("staff:notice.anomaly", { time: clockOf(anomaly.at, offset), act: t(actNameKey(anomaly.commandType)) })}
    >
      {t(`refusal:${anomaly.code}`, { number: anomaly.number ?? "–", counter: anomaly.counterId ?? "–" })}
      <small className="desk-anomaly">
        {t("desk:anomaly.where", {
          number: anomaly.number ?? "–",
          counter: anomaly.counterId ?? "–",
          device: anomaly.deviceId ?? "–",
        })}
      </small>
    </NoticeCard>
  );
};

const Live = ({ session }: { readonly session: ClerkSession }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const hall = useLive(terminal.hall);
  const now = useNow(5_000);
  const desk = useMemo(() => deskModelOf(hall, now), [hall, now]);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const [wish, setWish] = useState<DeskWish | null>(null);
  const [refusals, setRefusals] = useState<readonly RefusedAct[]>([]);
  const [waits, setWaits] = useState(false);
  const department = useLive(terminal.department);
  const route = useRoute();
  const isCity = useIsCity();
  const shownViews = department === null ? views.filter((each) => isCity || each !== "city") : departmentViews;
  const view = shownViews.includes(route.view) ? route.view : "home";

  const run = async <T extends DeskAct>(type: T, data: CommandData<T>): Promise<void> => {
    setWaits(false);
    // The desk acts on other people's work: only the node may say whether it still fits.
    const outcome = await terminal.send(type, data, { mode: "claim" });
    if (outcome.status === "refused") {
      const refused = { id: outcome.commandId, at: terminal.now(), type, refusal: outcome.refusal };
      setRefusals((before) => [refused, ...before]);
    } else if (outcome.status !== "accepted" && outcome.status !== "kept") setWaits(true);
  };
  const onWish = (wanted: TicketWish, ticket: Ticket): void => {
    if (wanted === "return") void run("ReturnTicket", { ticketId: ticket.id });
    else setWish({ kind: wanted, ticket });
  };

  return (
    <div className="desk">
      <header className="work-head">
        <h1>{department ?? t("desk:title")}</h1>
        <span className="desk-hall">{terminal.info.hallName ?? ""}</span>
        <SampleMark />
        <nav className="desk-views" aria-label={t("deskFloor:view.label")}>
          {shownViews.filter(hasButton).map((each) => (
            <button
              key={each}
              type="button"
              className="head-button"
              aria-current={view === each || (view === "updates" && each === "terminals") ? "page" : undefined}
              onClick={() => goTo(each)}
            >
              {t(viewKeys[each])}
            </button>
          ))}
        </nav>
        <span className="status-gap" />
        <span>{t("desk:clerk", { name: session.name, clerkNo: session.clerkNo })}</span>
        <button type="button" className="head-button" data-home-focus onClick={() => void terminal.logout()}>
          {t("desk:logout")}
        </button>
      </header>
      {view === "home" ? (
        <HomeView path={route.path} />
      ) : view === "cases" ? (
        <main className="desk-cases">
          <CaseScreen key={route.path[0]} side="desk" counterId={null} first={route.path[0] ?? null} />
        </main>
      ) : view === "orders" ? (
        <OrdersView key={route.path[0]} first={route.path[0] ?? null} />
      ) : view === "reviews" ? (
        <ReviewsView key={route.path[1]} order={route.path[1] ?? null} />
      ) : view === "ledgers" ? (
        <LedgersView path={route.path} />
      ) : view === "plan" ? (
        <PlanView />
      ) : view === "updates" ? (
        <main className="releases-main">
          <ReleasesView />
        </main>
      ) : view === "terminals" ? (
        <FleetView path={route.path} />
      ) : view === "city" ? (
        <CityView path={route.path} />
      ) : view === "floor" ? (
        <FloorView />
      ) : view === "appointments" ? (
        <AppointmentsView />
      ) : (
        <main className="desk-main">
          <div className="desk-top">
            <Lights lights={desk.lights} />
            <dl className="desk-totals">
              {(["taken", "waiting", "serving", "done", "missed"] as const).map((name) => (
                <div key={name}>
                  <dt>{t(`desk:total.${name}`)}</dt>
                  <dd>{desk.totals[name]}</dd>
                </div>
              ))}
            </dl>
          </div>
          <div className="desk-column" role="region" aria-label={t("desk:live")} tabIndex={0}>
            <CountersPanel counters={desk.counters} onClose={(counter) => setWish({ kind: "closeCounter", counter })} />
            <LinesPanel lines={desk.lines} />
            <ReviewsPanel reviews={desk.reviews} />
          </div>
          <TicketsPanel onWish={onWish} />
          <section className="desk-notices" aria-label={t("desk:notices")} aria-live="polite">
            {waits ? (
              <NoticeCard tone="alarm" title={t("desk:waits.title")} onClose={() => setWaits(false)}>
                {t("desk:waits.text")}
              </NoticeCard>
            ) : null}
            {desk.help.map((request) => (
              <NoticeCard
                key={request.id}
                tone="alarm"
                title={t("desk:help.title", {
                  time: clockOf(request.at, offset),
                  place: request.place === "" ? t("desk:help.somewhere") : request.place,
                })}
                actions={
                  <button
                    type="button"
                    className="small-button"
                    onClick={() => void run("AnswerHelp", { helpId: request.id })}
                  >
                    {t("desk:help.go")}
                  </button>
                }
              />
            ))}
            {refusals.map(({ id, at, type, refusal }) => (
              <RefusalCard
                key={id}
                act={type}
                at={at}
                refusal={refusal}
                onClose={() => setRefusals((before) => before.filter((each) => each.id !== id))}
              />
            ))}
            <TerminalNotices />
            <StartNotices />
            {[...hall.anomalies].reverse().map((anomaly) => (
              <AnomalyCard key={anomaly.anomalyId} anomaly={anomaly} offset={offset} />
            ))}
            {desk.help.length === 0 && hall.anomalies.length === 0 ? (
              <p className="desk-empty">{t("desk:anomaly.none")}</p>
            ) : null}
          </section>
        </main>
      )}
      <StatusBar refusals={refusals.length} />
      {wish === null ? null : (
        <DeskDialog
          wish={wish}
          onClose={() => setWish(null)}
          onReason={(kind, ticketId, reason) =>
            void run(kind === "pin" ? "PinTicket" : "CancelTicket", { ticketId, reason })
          }
          onCloseCounter={(counterId) => void run("CloseCounter", { counterId })}
        />
      )}
    </div>
  );
};

/** The duty desk: what needs somebody now, the hall live, and the few acts that help at once. */
export const App = () => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const session = useLive(terminal.clerk);
  return (
    <StaffShell title={t("desk:title")}>
      {session === null ? (
        <div className="gate">
          <header className="gate-head">
            <span>{terminal.info.hallName ?? ""}</span>
            <SampleMark />
          </header>
          <main className="gate-main">
            <LoginPanel heading={t("desk:login")} onSignedIn={() => undefined} />
          </main>
          <StatusBar />
        </div>
      ) : (
        <Live session={session} />
      )}
    </StaffShell>
  );
};
