import { useTranslation } from "react-i18next";
import { clockOf } from "../../../../shared/basics/time.ts";
import type { ListedOrder } from "../../../../shared/contract/fleet-orders.ts";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import { publicUseText, standingText, versionsOf } from "./order-texts.ts";

const SHOWN = 8;

/** What was done with a terminal within a day, by whom, and what came of it. */
export const OrderLines = ({
  orders,
  hall,
  offset,
}: {
  readonly orders: readonly ListedOrder[];
  readonly hall: Pick<FleetList, "now" | "heardAt" | "nodeVersion" | "centerVersion">;
  readonly offset: number;
}) => {
  const { t } = useTranslation();
  if (orders.length === 0) return null;
  return (
    <section aria-labelledby="fleet-orders">
      <h3 id="fleet-orders">{t("fleet:orders")}</h3>
      <ul className="fleet-orders">
        {orders.slice(0, SHOWN).map((order) => (
          <li key={order.orderId}>
            {clockOf(order.askedAt, offset)} {t(`fleet:act.${order.what}`)}
            {order.becomes === null ? "" : ` → ${publicUseText(t, order.becomes)}`} ·{" "}
            {order.isOfCity ? t("fleet:ofCity") : ""}
            {order.askedBy} · {standingText(t, order, hall)}
            {order.refusal === null ? "" : ` · ${t(`fleet:refused.${order.refusal}`, versionsOf(hall))}`}
          </li>
        ))}
      </ul>
    </section>
  );
};
