import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, CatalogueEntry, TimeLimit } from "../../../shared/domain/catalogue/catalogue.ts";
import { useHall, useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { localName } from "../../ui/public/local-name.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { businessOf, departmentOf, findEntry, nameOf } from "./catalogue-view.ts";
import type { EntryRef } from "./flow.ts";
import { NamesNote } from "./list-screens.tsx";
import { Page, type LeaveHandlers } from "./page.tsx";
import { PrintButton, usePrint } from "./print-button.tsx";
import { useServiceState, WaitFacts } from "./wait-facts.tsx";

const planOf = <P,>(state: { readonly plan: P }): P => state.plan;

const useLimit = (): ((limit: TimeLimit | null) => string) => {
  const { t } = useTranslation();
  return (limit) =>
    limit === null
      ? t("kiosk:guide.notPublished")
      : limit.days === 0
        ? t("kiosk:guide.onTheSpot")
        : limit.unit === "working"
          ? t("kiosk:guide.workingDays", { count: limit.days })
          : t("kiosk:guide.calendarDays", { count: limit.days });
};

/** What stands in the guide beside the materials, as name and value. */
const useFacts = (entry: CatalogueEntry): readonly (readonly [string, string])[] => {
  const { t } = useTranslation();
  const limit = useLimit();
  return entry.kind === "item"
    ? [
        [t("kiosk:guide.department"), entry.item.department],
        [t("kiosk:guide.promised"), limit(entry.item.promisedLimit)],
        [t("kiosk:guide.legal"), limit(entry.item.legalLimit)],
        [
          t("kiosk:guide.visits"),
          entry.item.visits === null
            ? t("kiosk:guide.notPublished")
            : entry.item.visits === 0
              ? t("kiosk:guide.noVisit")
              : t("kiosk:guide.visitCount", { count: entry.item.visits }),
        ],
        [t("kiosk:guide.fee"), entry.item.fee ?? t("kiosk:guide.notPublished")],
      ]
    : [
        [t("kiosk:guide.department"), departmentOf(entry) ?? t("kiosk:guide.notPublished")],
        [t("kiosk:guide.area"), entry.package.area ?? t("kiosk:guide.notPublished")],
        [t("kiosk:guide.promised"), entry.package.overallLimit ?? t("kiosk:guide.notPublished")],
      ];
};

/** The guide on the ticket printer's paper, to take home. */
const PrintGuide = ({
  entry,
  isSample,
}: {
  readonly entry: CatalogueEntry;
  readonly isSample: boolean;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const terminal = useTerminal();
  const plan = useHall(planOf);
  const facts = useFacts(entry);
  const paper = usePrint("idle");
  const print = (): void => {
    if (paper.state === "printing") return;
    const { materials } = entry.kind === "item" ? entry.item : entry.package;
    const lines =
      materials.length === 0
        ? [t("kiosk:guide.noMaterials")]
        : materials.map(({ name }, at) => `${String(at + 1)}. ${name}`);
    const cut = (text: string): string => text.slice(0, 300);
    paper.print({
      language,
      hallName: (plan === null ? "" : localName(plan, language)).slice(0, 80),
      sampleNote: isSample ? t("public:sample") : null,
      title: nameOf(entry).slice(0, 200),
      sections: [
        { heading: t("kiosk:guide.materials"), lines: lines.slice(0, 80).map(cut) },
        {
          heading: t("kiosk:guide.facts"),
          lines: facts.map(([name, value]) => cut(t("kiosk:guide.fact", { name, value }))),
        },
      ],
      printedAt: terminal.now(),
    });
  };
  return (
    <PrintButton state={paper.state} idle={t("kiosk:guide.print")} printed={t("kiosk:guide.printed")} onPrint={print} />
  );
};

const ItemFacts = ({ entry }: { readonly entry: CatalogueEntry }): ReactElement => {
  const facts = useFacts(entry);
  return (
    <dl className="guide-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

const Guide = ({
  entry,
  isSample,
  onTake,
  ...leave
}: LeaveHandlers & {
  readonly entry: CatalogueEntry;
  readonly isSample: boolean;
  readonly onTake: (businessId: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const businessId = businessOf(entry);
  const service = useServiceState(businessId);
  const { materials } = entry.kind === "item" ? entry.item : entry.package;
  return (
    <Page
      {...leave}
      title={nameOf(entry)}
      note={<NamesNote isSample={isSample} />}
      below={
        <>
          <button type="button" className="big-button big-button-primary kiosk-next" onClick={() => onTake(businessId)}>
            <Icon name="ticket" />
            {t("kiosk:guide.take")}
          </button>
          <PrintGuide entry={entry} isSample={isSample} />
        </>
      }
    >
      <div className="guide">
        <section className="card" aria-labelledby="guide-wait">
          <h2 id="guide-wait">{t("kiosk:guide.wait")}</h2>
          <WaitFacts service={service} />
        </section>
        <section className="card" aria-labelledby="guide-materials">
          <h2 id="guide-materials">{t("kiosk:guide.materials")}</h2>
          {materials.length === 0 ? (
            <p>{t("kiosk:guide.noMaterials")}</p>
          ) : (
            <ol className="materials" lang="zh-CN">
              {materials.map(({ name }, at) => (
                <li key={name}>
                  <span className="material-number">{at + 1}</span>
                  <span>{name}</span>
                </li>
              ))}
            </ol>
          )}
        </section>
        <section className="card" aria-labelledby="guide-facts">
          <h2 id="guide-facts">{t("kiosk:guide.facts")}</h2>
          <ItemFacts entry={entry} />
        </section>
        {entry.kind === "package" && (
          <section className="card" aria-labelledby="guide-members">
            <h2 id="guide-members">{t("kiosk:guide.members", { count: entry.package.members.length })}</h2>
            <ol className="materials" lang="zh-CN">
              {entry.package.members.map(({ name, department }, at) => (
                <li key={`${name}${String(at)}`}>
                  <span className="material-number">{at + 1}</span>
                  <span>
                    {name}
                    {department !== null && <span className="tile-note">{department}</span>}
                  </span>
                </li>
              ))}
            </ol>
            {entry.package.note !== null && <p lang="zh-CN">{entry.package.note}</p>}
          </section>
        )}
      </div>
    </Page>
  );
};

/** What to bring, how long it takes, how long one waits. */
export const GuideScreen = ({
  catalogue,
  entry: ref,
  onTake,
  ...leave
}: LeaveHandlers & {
  readonly catalogue: Catalogue | null;
  readonly entry: EntryRef;
  readonly onTake: (businessId: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const entry = catalogue === null ? undefined : findEntry(catalogue, ref);
  if (catalogue === null || entry === undefined)
    return (
      <Page {...leave} title={t("kiosk:guide.goneTitle")}>
        <p className="kiosk-problem">{t("kiosk:guide.goneText")}</p>
      </Page>
    );
  return <Guide {...leave} entry={entry} isSample={catalogue.sample} onTake={onTake} />;
};
