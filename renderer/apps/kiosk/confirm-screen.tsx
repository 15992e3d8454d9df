import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import { useHall } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { Name } from "../../ui/public/local-name.tsx";
import { findEntry, nameOf } from "./catalogue-view.ts";
import { MOST_SERVICES, type ChosenService, type WishClass } from "./flow.ts";
import { Page, type LeaveHandlers } from "./page.tsx";
import { useServiceState, WaitFacts } from "./wait-facts.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const Service = ({
  service: { businessId, entry: ref },
  catalogue,
}: {
  readonly service: ChosenService;
  readonly catalogue: Catalogue | null;
}): ReactElement => {
  const plan = useHall(planOf);
  const business = plan?.businesses.find((candidate) => candidate.id === businessId);
  const entry = ref === null || catalogue === null ? undefined : findEntry(catalogue, ref);
  return (
    <section className="card confirm-what">
      <span className="business-letter" aria-hidden="true">
        {businessId}
      </span>
      <div>
        <p className="confirm-business">{business === undefined ? businessId : <Name of={business} />}</p>
        {entry !== undefined && <p lang="zh-CN">{nameOf(entry)}</p>}
      </div>
    </section>
  );
};

/** The last touch before the number. Who needs to go first says so here, and nobody asks why. */
export const ConfirmScreen = ({
  catalogue,
  services,
  isPickup,
  isGreen,
  isTaking,
  onTake,
  onAnother,
  ...leave
}: LeaveHandlers & {
  readonly catalogue: Catalogue | null;
  /** Never empty, in the order in which they will be served. */
  readonly services: readonly [ChosenService, ...ChosenService[]];
  readonly isPickup: boolean;
  readonly isGreen: boolean;
  readonly isTaking: boolean;
  readonly onTake: (ticketClass: WishClass) => void;
  readonly onAnother: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const service = useServiceState(services[0].businessId);
  return (
    <Page
      {...leave}
      isBusy={isTaking}
      title={isPickup ? t("kiosk:pickup.title") : t("kiosk:confirm.title")}
      below={
        <div className="confirm-buttons">
          <button
            type="button"
            className="big-button big-button-primary kiosk-next"
            disabled={isTaking}
            onClick={() => onTake(isGreen ? "green" : isPickup ? "pickup" : "ordinary")}
          >
            <Icon name="ticket" />
            {isTaking
              ? t("kiosk:confirm.taking")
              : isGreen
                ? t("kiosk:confirm.takeGreen")
                : services.length > 1
                  ? t("kiosk:confirm.takeSeveral", { count: services.length })
                  : t("kiosk:confirm.take")}
          </button>
          {!isGreen && !isPickup && (
            <button
              type="button"
              className="big-button kiosk-next confirm-priority"
              disabled={isTaking}
              onClick={() => onTake("priority")}
            >
              <Icon name="support" />
              <span>
                <strong>{t("kiosk:confirm.priority")}</strong>
                <span className="tile-note">{t("kiosk:confirm.priorityNote")}</span>
              </span>
            </button>
          )}
          {!isPickup && services.length < MOST_SERVICES && (
            <button type="button" className="big-button" disabled={isTaking} onClick={onAnother}>
              <Icon name="document" />
              {t("kiosk:confirm.another")}
            </button>
          )}
        </div>
      }
    >
      <div className="guide">
        {services.map((each, index) => (
          <Service
            key={`${each.businessId}${each.entry?.id ?? ""}${String(index)}`}
            service={each}
            catalogue={catalogue}
          />
        ))}
        {services.length > 1 && <p className="quiet">{t("kiosk:confirm.severalNote")}</p>}
        <section className="card" aria-label={t("kiosk:guide.wait")}>
          <WaitFacts service={service} />
        </section>
      </div>
    </Page>
  );
};
