import { useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf } from "../../../../shared/basics/time.ts";
import type { FleetOrder, ListedOrder, PublicUse } from "../../../../shared/contract/fleet-orders.ts";
import { ReasonDialog } from "../../../ui/staff/reason-dialog.tsx";
import { publicUseText } from "./order-texts.ts";
import type { Orders } from "./use-orders.ts";

/** The order that makes a screen something else. @param nowBecause null: when nobody is at it */
export const toUse = (use: PublicUse, nowBecause: string | null = null): FleetOrder => ({
  what: "role",
  ...use,
  nowBecause,
});

/** Another use that waits until nobody is at the screen: taken back, or done at once by somebody who says why. */
export const WaitingUse = ({
  waiting,
  now,
  name,
  mayAct,
  offset,
  give,
}: {
  readonly waiting: ListedOrder;
  readonly now: PublicUse;
  readonly name: string;
  readonly mayAct: boolean;
  readonly offset: number;
  readonly give: Orders["give"];
}) => {
  const { t } = useTranslation();
  const [isAsked, setAsked] = useState(false);
  const { becomes, askedAt, waitsFor, isAtOnce } = waiting;
  if (becomes === null) return null;
  const use = publicUseText(t, becomes);
  const stays = toUse(now);
  const isStaying = becomes.role === now.role && becomes.counterId === now.counterId;
  const kind = waitsFor !== "hall" ? "alone" : isStaying ? "hallStays" : isAtOnce ? "hallNow" : "hall";
  const takeBack = (): void => give(stays, null, undefined, "fleet:waiting.takenBack");
  return (
    <div className="fleet-waiting" role="status">
      <p>{t(`fleet:waiting.${kind}`, { use, time: clockOf(askedAt, offset) })}</p>
      {mayAct && !isStaying ? (
        <div className="fleet-acts">
          {isAtOnce ? null : (
            <button type="button" className="small-button" onClick={() => setAsked(true)}>
              {t("fleet:waiting.now")}
            </button>
          )}
          <button type="button" className="small-button" onClick={takeBack}>
            {t("fleet:waiting.takeBack")}
          </button>
        </div>
      ) : null}
      {isAsked ? (
        <ReasonDialog
          question={t("fleet:ask.roleNow", { name, use })}
          presets={(["nobodyThere", "told", "stuck"] as const).map((each) => t(`fleet:reason.${each}`))}
          confirm={t("fleet:waiting.now")}
          danger
          onConfirm={(reason) => give(toUse(becomes, reason), stays)}
          onClose={() => setAsked(false)}
        >
          <p className="staff-dialog-text">{t("fleet:waiting.nowMeans")}</p>
        </ReasonDialog>
      ) : null}
    </div>
  );
};
