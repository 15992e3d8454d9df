import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { useIsCity } from "../city/use-is-city.ts";
import { hashOf } from "../route.ts";
import { HallsTable } from "./halls-table.tsx";
import { placeOf, type FleetPlace } from "./fleet-place.ts";
import { SILENT_MS } from "./order-texts.ts";
import { TerminalDetail } from "./terminal-detail.tsx";
import { TerminalTable } from "./terminal-table.tsx";
import { useFleet } from "./use-fleet.ts";
import "./fleet.css";

const OneHall = ({ place, offset }: { readonly place: FleetPlace; readonly offset: number }) => {
  const { t } = useTranslation();
  const { value: list, isFailed, again } = useFleet(place.hallId);
  if (list === null)
    return (
      <p className="desk-empty" role="status">
        {t(isFailed ? "fleet:failed" : "fleet:loading")}
      </p>
    );
  const terminal = list.terminals.find(({ deviceId }) => deviceId === place.deviceId);
  const isSilent = list.now - list.heardAt > SILENT_MS;
  return (
    <div className="fleet-columns">
      <div className="fleet-column" role="region" aria-label={t("fleet:view")} tabIndex={0}>
        {isFailed ? (
          <p className="fleet-fault" role="alert">
            {t("fleet:stale")}
          </p>
        ) : null}
        {isSilent ? (
          <p className="fleet-fault" role="alert">
            {t("fleet:hallSilent", { time: `${dayOf(list.heardAt, offset)} ${clockOf(list.heardAt, offset)}` })}
          </p>
        ) : null}
        {place.hallId === null ? null : <h2>{list.hallName}</h2>}
        <TerminalTable list={list} place={place} offset={offset} />
      </div>
      <div className="fleet-column" role="region" aria-label={t("fleet:detail")} tabIndex={0}>
        {terminal === undefined ? (
          <p className="desk-empty">{t("fleet:chooseOne")}</p>
        ) : (
          <TerminalDetail
            key={terminal.deviceId}
            list={list}
            terminal={terminal}
            place={place}
            offset={offset}
            again={again}
          />
        )}
      </div>
    </div>
  );
};

/** The hall's terminals; at a city its halls first, and the terminals of one behind its name. */
export const FleetView = ({ path }: { readonly path: readonly string[] }) => {
  const { t } = useTranslation();
  const offset = useLive(useTerminal().hall).plan?.utcOffsetMinutes ?? 480;
  const isCity = useIsCity();
  const place = placeOf(path);
  if (isCity && place.hallId === null && place.deviceId === null)
    return (
      <main className="fleet-main">
        <p>
          <a href={hashOf("updates")}>{t("releases:view")}</a>
        </p>
        <HallsTable offset={offset} />
      </main>
    );
  return (
    <main className="fleet-main">
      <p>
        {isCity ? (
          <>
            <a href={hashOf("terminals")}>{t("fleet:allHalls")}</a>
            {" · "}
          </>
        ) : null}
        <a href={hashOf("updates")}>{t("releases:view")}</a>
      </p>
      <OneHall key={place.hallId ?? ""} place={place} offset={offset} />
    </main>
  );
};
