import { useMemo, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { useLive, useTerminal } from "../../ui/hooks.ts";
import { numberList } from "../../ui/public/number-list.ts";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { useNow } from "../../ui/use-now.ts";
import { serviceStateOf, type ServiceState } from "./service-state.ts";

export const useServiceState = (businessId: string, ticketId?: string): ServiceState => {
  const state = useLive(useTerminal().hall);
  const now = useNow(20_000);
  return useMemo(() => serviceStateOf(state, businessId, now, ticketId), [state, businessId, now, ticketId]);
};

/** How many wait and how long it may take; without an open counter it says so. */
export const WaitFacts = ({
  service,
  isOwn = false,
}: {
  readonly service: ServiceState;
  /** True for the person's own ticket: "ahead of you" instead of "waiting". */
  readonly isOwn?: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const { wait } = service;
  return (
    <dl className="wait-facts">
      <div>
        <dt>{isOwn ? t("kiosk:wait.ahead") : t("kiosk:wait.people")}</dt>
        <dd>{t("kiosk:wait.count", { count: wait.peopleAhead })}</dd>
      </div>
      <div>
        <dt>{t("kiosk:wait.time")}</dt>
        <dd>
          {wait.minutes === null
            ? t(wait.afterClosing ? "kiosk:wait.afterClosing" : "kiosk:wait.unknown")
            : wait.minutes.from === wait.minutes.to || wait.minutes.from === 0
              ? t("kiosk:wait.upTo", { to: wait.minutes.to })
              : t("kiosk:wait.range", { from: wait.minutes.from, to: wait.minutes.to })}
        </dd>
      </div>
      <div>
        <dt>{t("kiosk:wait.counters")}</dt>
        <dd>
          {service.counters === "none"
            ? t("kiosk:wait.noCounter")
            : service.counters === "paused"
              ? t("kiosk:wait.pausedCounters", { numbers: numberList(service.counterNumbers, language) })
              : t("kiosk:wait.openCounters", { numbers: numberList(service.counterNumbers, language) })}
        </dd>
      </div>
    </dl>
  );
};
