import { useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { rateNames, ratesOf } from "../../../../shared/domain/city/coverage.ts";
import { isBelow, sumOf, type HallLine } from "../../../../shared/domain/city/overview.ts";
import { ColumnHeads } from "../../../ui/staff/column-heads.tsx";
import { hashOf } from "../route.ts";
import { DisputeMark } from "./dispute-mark.tsx";
import { LightsText } from "./lights-text.tsx";
import { RateText, ShareText } from "./share-text.tsx";

const CITY_OFFSET_MINUTES = 480;
/** A hall that was not heard of for so long is said to be silent. */
const SILENT_MS = 30 * 60_000;

/** More than fit on a screen; the others are drawn once these stand. */
const FIRST_HALLS = 40;

const columns = [
  "hall",
  "area",
  "lights",
  "tickets",
  "served",
  "decided",
  "bad",
  "satisfied",
  "onTime",
  ...rateNames,
] as const;

/** One line a hall, those that need somebody first. */
export const HallTable = ({ halls, now }: { readonly halls: readonly HallLine[]; readonly now: number }) => {
  const { t } = useTranslation();
  const all = sumOf(halls);
  const shown = useDeferredValue(halls, halls.slice(0, FIRST_HALLS));
  const silent = ({ heardAt }: HallLine): string | null =>
    heardAt === null
      ? t("city:never")
      : now - heardAt > SILENT_MS
        ? t("city:silent", {
            time: `${dayOf(heardAt, CITY_OFFSET_MINUTES)} ${clockOf(heardAt, CITY_OFFSET_MINUTES)}`,
          })
        : null;
  return (
    <table className="city-halls">
      <caption>{t("city:halls", { n: halls.length })}</caption>
      <ColumnHeads titles={columns.map((name) => t(`city:column.${name}`))} />
      <tbody>
        {shown.map((hall) => (
          <tr key={hall.hallId}>
            <th scope="row">
              <a href={hashOf("city", hall.hallId)}>{hall.name}</a>
              {silent(hall) === null ? null : <small> {silent(hall)}</small>}
              {hall.dispute === null ? null : <DisputeMark dispute={hall.dispute} />}
            </th>
            <td>{hall.areaName || hall.area || "–"}</td>
            <td>
              <LightsText lights={hall.lights} />
            </td>
            <td>{hall.counts.tickets}</td>
            <td>{hall.counts.served}</td>
            <td>{hall.counts.decided}</td>
            <td>{hall.counts.bad}</td>
            <td>
              <ShareText share={hall.satisfied} of={hall.counts.reviews} />
              {isBelow(hall, all.satisfied) ? <b className="city-below"> {t("city:below")}</b> : null}
            </td>
            <td>
              <ShareText share={hall.onTime} of={hall.counts.ordersClosed} />
            </td>
            {rateNames.map((name) => (
              <td key={name}>
                <RateText rate={ratesOf([hall.coverage])[name]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};
