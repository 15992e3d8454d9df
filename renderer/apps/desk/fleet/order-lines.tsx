import { useTranslation } from "react-i18next";
import { clockOf } from "../../../../shared/basics/time.ts";
import type { ListedOrder } from "../../../../shared/contract/fleet-orders.ts";
import { publicUseText, versionsOf, type Versions } from "./order-texts.ts";

const SHOWN = 8;

/** What was done with a terminal within a day, by whom, and what came of it. */
export const OrderLines = ({
  orders,
  versions,
  offset,
}: {
  readonly orders: readonly ListedOrder[];
  readonly versions: Versions;
  readonly offset: number;
}) => {
  const { t } = useTranslation();
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby="fleet-orders">
      <h3 id="fleet-orders">{t("fleet:orders")}</h3>
      <ul className="fleet-orders">
        {orders
          .slice(0, SHOWN)
          .map(({ orderId, what, askedAt, askedBy, isOfCity, state, refusal, waitsFor, becomes }) => (
            <li key={orderId}>
              {clockOf(askedAt, offset)} {t(`fleet:act.${what}`)}
              {becomes === null ? "" : ` → ${publicUseText(t, becomes)}`} · {isOfCity ? t("fleet:ofCity") : ""}
              {askedBy} · {t(waitsFor === null ? `fleet:state.${state}` : `fleet:waitsFor.${waitsFor}`)}
              {refusal === null ? "" : ` · ${t(`fleet:refused.${refusal}`, versionsOf(versions))}`}
            </li>
          ))}
      </ul>
    </section>
  );
};
