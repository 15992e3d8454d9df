import { useTranslation } from "react-i18next";
import { fleetCounts } from "../../../../shared/domain/fleet/fleet.ts";
import { hashOf } from "../route.ts";
import { useFleet } from "./use-fleet.ts";

/** The hall's terminals among the lights of the desk's first page; acts that are too long unsent are told by name. */
export const FleetCard = () => {
  const { t } = useTranslation();
  const { value: list, isFailed } = useFleet(null);
  if (list === null) return null;
  const { terminals, red, yellow, unsent } = fleetCounts(list.terminals, list.limits, list.nodeVersion, list.now);
  return (
    <li>
      <a href={hashOf("terminals")} data-light={red > 0 ? "red" : yellow > 0 ? "yellow" : "green"}>
        <b>{t("home:matter.terminals")}</b>
        <span className="home-light-line">
          {red > 0 ? <span data-light="red">■ {t("home:light.red", { n: red })}</span> : null}
          {yellow > 0 ? <span data-light="yellow">▲ {t("home:light.yellow", { n: yellow })}</span> : null}
          {red + yellow === 0 ? <span data-light="green">✓ {t("home:light.none")}</span> : null}
        </span>
        {unsent > 0 ? (
          <b data-light="red">{t("fleet:unsentAlarm", { n: unsent, minutes: list.limits.outboxMinutes })}</b>
        ) : null}
        <small>{isFailed ? t("fleet:stale") : t("fleet:inHall", { n: terminals })}</small>
      </a>
    </li>
  );
};
