import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "../../../shared/domain/catalogue/catalogue.ts";
import type { Business } from "../../../shared/domain/hall/plan.ts";
import { kioskSettingsOf } from "../../../shared/domain/kiosk/kiosk-settings.ts";
import { useHall } from "../../ui/hooks.ts";
import { Icon, type IconName } from "../../ui/public/icons.tsx";
import { Name } from "../../ui/public/local-name.tsx";
import { ScrollArea } from "../../ui/public/scroll-area.tsx";
import type { Errand, Way } from "./flow.ts";
import { troubleKindOf } from "./trouble.ts";
import { useServiceState } from "./wait-facts.tsx";
import { Tile } from "./tile.tsx";

const BusinessTile = ({
  business,
  onTake,
}: {
  readonly business: Business;
  readonly onTake: () => void;
}): ReactElement => {
  const { t } = useTranslation();
  const service = useServiceState(business.id);
  const trouble = service.block === null ? null : troubleKindOf({ kind: "refused", refusal: service.block });
  const note = (): string => {
    if (trouble === "wrongHour" || trouble === "capReached") return t(`kiosk:trouble.${trouble}`);
    if (trouble === "noCounter") return t("kiosk:start.noCounter");
    // A hall may give numbers before its counters open (local plan).
    if (service.counters === "none") return t("kiosk:start.counterLater");
    return t("kiosk:start.waiting", { count: service.wait.peopleAhead });
  };
  return (
    <Tile
      className="tile business-tile"
      letter={business.id}
      title={<Name of={business} />}
      note={note()}
      onClick={onTake}
    />
  );
};

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;
const noBusinesses: readonly Business[] = [];
const businessesOf = (state: {
  readonly plan: { readonly businesses: readonly Business[] } | null;
}): readonly Business[] => state.plan?.businesses ?? noBusinesses;

/** The first screen: a number at once, or the way to find out what is needed. */
export const StartScreen = ({
  catalogue,
  onBusiness,
  onWay,
  onErrand,
  onPickup,
}: {
  readonly catalogue: Catalogue | null;
  readonly onBusiness: (businessId: string) => void;
  readonly onWay: (way: Way) => void;
  readonly onErrand: (errand: Errand) => void;
  readonly onPickup: (businessId: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const businesses = useHall(businessesOf);
  const plan = useHall(planOf);
  const { resultBusiness, greenCodes } = kioskSettingsOf(plan);
  const hasAppointments = businesses.some(({ appointmentsPerSlot }) => appointmentsPerSlot > 0);
  const errands: readonly {
    readonly key: string;
    readonly icon: IconName;
    readonly title: string;
    readonly go: () => void;
  }[] = [
    ...(hasAppointments
      ? [
          { key: "checkIn", icon: "check", title: t("kiosk:errand.checkIn"), go: () => onErrand("checkIn") } as const,
          { key: "book", icon: "document", title: t("kiosk:errand.book"), go: () => onErrand("book") } as const,
        ]
      : []),
    { key: "progress", icon: "search", title: t("kiosk:errand.progress"), go: () => onErrand("progress") },
    { key: "review", icon: "smile", title: t("kiosk:errand.review"), go: () => onErrand("review") },
    ...(resultBusiness === null
      ? []
      : [
          {
            key: "pickup",
            icon: "license",
            title: t("kiosk:errand.pickup"),
            go: () => onPickup(resultBusiness),
          } as const,
        ]),
    { key: "reprint", icon: "printer", title: t("kiosk:errand.reprint"), go: () => onErrand("reprint") },
    { key: "cannot", icon: "support", title: t("cannot:entry"), go: () => onErrand("cannot") },
    ...(greenCodes.length === 0
      ? []
      : [{ key: "green", icon: "star", title: t("kiosk:errand.green"), go: () => onErrand("green") } as const]),
  ];
  const ways: readonly { readonly way: Way; readonly icon: IconName; readonly title: string; readonly note: string }[] =
    [
      { way: "search", icon: "search", title: t("kiosk:ways.search"), note: t("kiosk:ways.searchNote") },
      { way: "lifeEvents", icon: "baby", title: t("kiosk:ways.lifeEvents"), note: t("kiosk:ways.lifeEventsNote") },
      { way: "packages", icon: "package", title: t("kiosk:ways.packages"), note: t("kiosk:ways.packagesNote") },
      { way: "popular", icon: "star", title: t("kiosk:ways.popular"), note: t("kiosk:ways.popularNote") },
      {
        way: "departments",
        icon: "department",
        title: t("kiosk:ways.departments"),
        note: t("kiosk:ways.departmentsNote"),
      },
      { way: "ask", icon: "question", title: t("kiosk:ways.ask"), note: t("kiosk:ways.askNote") },
    ];
  return (
    <ScrollArea label={t("kiosk:start.title")}>
      <h1 className="visually-hidden">{t("kiosk:start.title")}</h1>
      <div className="start-parts">
        <section aria-labelledby="start-take">
          <h2 id="start-take">
            <Icon name="ticket" />
            {t("kiosk:start.take")}
          </h2>
          <ul className="business-tiles">
            {businesses.map((business) => (
              <BusinessTile key={business.id} business={business} onTake={() => onBusiness(business.id)} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="start-find">
          <h2 id="start-find">
            <Icon name="search" />
            {t("kiosk:start.find")}
          </h2>
          {catalogue === null ? (
            <p className="kiosk-problem" role="status">
              {t("kiosk:start.noCatalogue")}
            </p>
          ) : (
            <ul className="way-tiles">
              {ways.map(({ way, icon, title, note }) => (
                <Tile key={way} icon={icon} title={title} note={note} onClick={() => onWay(way)} />
              ))}
            </ul>
          )}
        </section>
        <section aria-labelledby="start-other">
          <h2 id="start-other">
            <Icon name="document" />
            {t("kiosk:start.other")}
          </h2>
          <ul className="errand-tiles">
            {errands.map(({ key, icon, title, go }) => (
              <Tile key={key} icon={icon} title={title} data={{ "data-errand": key }} onClick={go} />
            ))}
          </ul>
        </section>
      </div>
    </ScrollArea>
  );
};
