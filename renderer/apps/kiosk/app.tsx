import { useCallback, useEffect, useReducer, useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLink, useLive, useTerminal } from "../../ui/hooks.ts";
import { PublicSettingsProvider } from "../../ui/public/settings.tsx";
import { PublicShell } from "../../ui/public/public-shell.tsx";
import { countTaken, findEntry, nameOf, readTakenCounts, type TakenCounts } from "./catalogue-view.ts";
import { ConfirmScreen } from "./confirm-screen.tsx";
import { newVisit, nextFlow, shownScreen, type EntryRef, type Screen } from "./flow.ts";
import { GuideScreen } from "./guide-screen.tsx";
import {
  AskScreen,
  DepartmentsScreen,
  EntriesScreen,
  LifeEventsScreen,
  PackagesScreen,
  PopularScreen,
} from "./list-screens.tsx";
import { NumberScreen } from "./number-screen.tsx";
import { SearchScreen } from "./search-screen.tsx";
import { StartScreen } from "./start-screen.tsx";
import { takeTicket } from "./take-ticket.ts";
import { useLeaseKeeper } from "./use-lease-keeper.ts";
import "./kiosk.css";

const COUNTS_DRAFT = "kiosk.takenCounts";

const keyOf = (screen: Screen): string => JSON.stringify(screen);

const Kiosk = (): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const catalogue = useLive(terminal.catalogue);
  const link = useLink();
  const [flow, act] = useReducer(nextFlow, newVisit);
  const [counts, setCounts] = useState<TakenCounts>({});
  const isTaking = useRef(false);
  useLeaseKeeper();

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

  const take = (businessId: string, ref: EntryRef | null, ticketClass: "ordinary" | "priority"): void => {
    // A second tap in the same frame comes before React has disabled the button.
    if (isTaking.current || flow.isTaking || flow.ticketId === null) return;
    isTaking.current = true;
    act({ do: "take" });
    const entry = ref === null || catalogue === null ? undefined : findEntry(catalogue, ref);
    const wish = {
      ticketId: flow.ticketId,
      businessId,
      class: ticketClass,
      itemCode: ref?.id.slice(0, 64) ?? null,
      itemName: entry === undefined ? null : nameOf(entry).slice(0, 200),
    };
    void takeTicket(terminal, wish)
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

  const content = (): ReactElement => {
    const leave = { onBack: back, onHome: home };
    switch (screen.at) {
      case "start":
        return (
          <StartScreen
            catalogue={catalogue}
            onBusiness={(id) => confirm(id, null)}
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
        return (
          <ConfirmScreen
            {...leave}
            catalogue={catalogue}
            businessId={screen.businessId}
            entry={screen.entry}
            isTaking={flow.isTaking}
            problem={flow.problem}
            onTake={(ticketClass) => take(screen.businessId, screen.entry, ticketClass)}
          />
        );
      case "number":
        return <NumberScreen taken={screen.taken} onDone={home} />;
      default:
        return screen satisfies never;
    }
  };

  return (
    <PublicShell
      screenKey={keyOf(screen)}
      hasTrace={screen.at !== "start"}
      isBusy={flow.isTaking || screen.at === "number"}
      canLower
      place={terminal.info.terminalName ?? t("kiosk:place")}
      strip={link === "offline" ? t("kiosk:offline") : null}
      onForget={home}
    >
      <div className="kiosk" data-screen={screen.at} key={keyOf(screen)}>
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
