import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FleetList } from "../../../../shared/contract/fleet.ts";
import { publicRoles } from "../../../../shared/contract/fleet-orders.ts";
import { terminalLights, type FleetTerminal } from "../../../../shared/domain/fleet/fleet.ts";
import { mayServe } from "../../../../shared/domain/identity/permissions.ts";
import { ReasonDialog } from "../../../ui/staff/reason-dialog.tsx";
import { useDeskActor } from "../use-desk-actor.ts";
import type { FleetPlace } from "./fleet-place.ts";
import { hrefOf } from "./fleet-place.ts";
import { LightList } from "./light-list.tsx";
import { LogPanel } from "./log-panel.tsx";
import { NameDialog } from "./name-dialog.tsx";
import { OrderLines } from "./order-lines.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { SettingsPanel } from "./settings-panel.tsx";
import { versionsOf } from "./order-texts.ts";
import { TerminalFacts } from "./terminal-facts.tsx";
import { useOrders } from "./use-orders.ts";
import { toUse, WaitingUse } from "./waiting-use.tsx";

type Wish = "lock" | "revoke" | "rename" | "role";

interface TerminalDetailProps {
  readonly list: FleetList;
  readonly terminal: FleetTerminal;
  readonly place: FleetPlace;
  readonly offset: number;
  readonly again: () => void;
}

/** One terminal: what is wrong, what it told of itself, and what may be done with it. */
export const TerminalDetail = ({ list, terminal, place, offset, again }: TerminalDetailProps) => {
  const { t } = useTranslation();
  const actor = useDeskActor();
  const orders = useOrders(place.hallId, terminal.deviceId, again);
  const [wish, setWish] = useState<Wish | null>(null);
  const { said, busy, give } = orders;
  const { name, deviceId, role, counterId, lockedAt, lockReason, revokedAt } = terminal;
  const close = (): void => setWish(null);
  const own = list.orders.filter((each) => each.deviceId === deviceId);
  const waiting = own.find(({ what, state }) => what === "role" && state === "open") ?? null;
  const mayAct = mayServe(actor, "lock") && revokedAt === null;
  const isOwn = deviceId === actor.deviceId;
  const isPublic = (each: string): each is (typeof publicRoles)[number] =>
    (publicRoles as readonly string[]).includes(each);
  const button = (what: Wish | "unlock", press: () => void): React.ReactElement => (
    <button type="button" className="small-button" disabled={busy !== null} onClick={press}>
      {t(`fleet:act.${what}`)}
    </button>
  );
  return (
    <section className="desk-card fleet-detail" aria-labelledby="fleet-terminal">
      <h2 id="fleet-terminal">
        {name}{" "}
        <a className="small-button" href={hrefOf({ ...place, deviceId: null })}>
          {t("home:close")}
        </a>
      </h2>
      <LightList lights={terminalLights(terminal, list.limits, list.nodeVersion, list.now)} />
      {mayAct ? (
        <div className="fleet-acts">
          {lockedAt === null
            ? isOwn
              ? null
              : button("lock", () => setWish("lock"))
            : button("unlock", () => give({ what: "unlock" }, { what: "lock", reason: lockReason }))}
          {button("rename", () => setWish("rename"))}
          {isPublic(role) && !terminal.isSecond ? button("role", () => setWish("role")) : null}
          {isOwn ? null : button("revoke", () => setWish("revoke"))}
        </div>
      ) : revokedAt === null ? (
        <p className="desk-more">{t("fleet:mayNot")}</p>
      ) : null}
      <p className="fleet-said" role="status">
        {busy === null ? "" : t("fleet:busy")}
        {said === null ? null : (
          <span data-fault={said.isFault || undefined}>
            {t(said.key, versionsOf(list))}{" "}
            {said.undo === null ? null : (
              <button
                type="button"
                className="small-button"
                onClick={() => said.undo && give(said.undo.order, null, said.undo.done, said.undo.key)}
              >
                {t("fleet:undo")}
              </button>
            )}
          </span>
        )}
      </p>
      {waiting === null || busy !== null || !isPublic(role) ? null : (
        <WaitingUse
          waiting={waiting}
          mayAct={mayAct}
          name={name}
          now={{ role, counterId }}
          offset={offset}
          give={give}
        />
      )}
      <TerminalFacts terminal={terminal} offset={offset} />
      {mayAct && terminal.report?.machine != null ? (
        <>
          <SettingsPanel orders={orders} role={role} />
          <LogPanel orders={orders} name={name} offset={offset} />
        </>
      ) : null}
      <OrderLines orders={own} hall={list} offset={offset} />
      {wish === "lock" ? (
        <ReasonDialog
          question={t("fleet:ask.lock", { name })}
          presets={(["repair", "moved", "misused"] as const).map((each) => t(`fleet:reason.${each}`))}
          confirm={t("fleet:act.lock")}
          danger
          onConfirm={(reason) => give({ what: "lock", reason }, { what: "unlock" })}
          onClose={close}
        />
      ) : wish === "revoke" ? (
        <ReasonDialog
          question={t("fleet:ask.revoke", { name })}
          presets={(["lost", "replaced", "scrapped"] as const).map((each) => t(`fleet:reason.${each}`))}
          confirm={t("fleet:act.revoke")}
          danger
          onConfirm={(reason) => give({ what: "revoke", reason })}
          onClose={close}
        >
          <p className="staff-dialog-text">{t("fleet:revokeMeans")}</p>
        </ReasonDialog>
      ) : wish === "rename" ? (
        <NameDialog
          name={name}
          onConfirm={(next) => give({ what: "rename", name: next }, { what: "rename", name })}
          onClose={close}
        />
      ) : wish === "role" && isPublic(role) ? (
        <RoleDialog
          name={name}
          role={role}
          counterId={counterId}
          counters={list.counters}
          onConfirm={(next) => give(toUse(next), toUse({ role, counterId }))}
          onClose={close}
        />
      ) : null}
    </section>
  );
};
