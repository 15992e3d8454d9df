import { useMemo, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, Subject } from "../../../shared/domain/catalogue/catalogue.ts";
import type { HallState } from "../../../shared/domain/hall/state.ts";
import { useHall } from "../../ui/hooks.ts";
import { iconNameOf } from "../../ui/public/icons.tsx";
import { localName, Name, type Named } from "../../ui/public/local-name.tsx";
import { SampleMark } from "../../ui/public/public-shell.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import {
  departmentOf,
  departmentsIn,
  entriesOfDepartment,
  entriesOfLifeEvent,
  lifeEventsOf,
  packagesOf,
  popularEntries,
  type TakenCounts,
} from "./catalogue-view.ts";
import { EntryList } from "./entry-list.tsx";
import type { EntryRef } from "./flow.ts";
import { Page, type LeaveHandlers } from "./page.tsx";
import { Tile } from "./tile.tsx";

/** More than this and the department is asked first. */
const LONG_LIST = 24;
const POPULAR = 12;

type WithCatalogue = LeaveHandlers & { readonly catalogue: Catalogue | null };

const eventName = ({ zh, en, inLanguages }: Catalogue["lifeEvents"][number]): Named => ({
  name: zh,
  nameEn: en,
  names: inLanguages,
});

const isHallSample = (state: HallState): boolean => state.plan?.sample === true;

/**
 * What to know about the names: that they are samples (said on top already when the whole hall is one), and that they are
 * official and Chinese, for whoever reads the screen in another language.
 */
export const NamesNote = ({ isSample }: { readonly isSample: boolean }): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const isSaid = useHall(isHallSample);
  return (
    <p className="kiosk-notes">
      {isSample && !isSaid && <SampleMark />}
      {language !== "zh-CN" && <span className="quiet">{t("kiosk:list.chineseNames")}</span>}
    </p>
  );
};

export const AskScreen = ({
  onAudience,
  ...leave
}: LeaveHandlers & { readonly onAudience: (audience: Subject) => void }): ReactElement => {
  const { t } = useTranslation();
  return (
    <Page {...leave} title={t("kiosk:ask.title")}>
      <ul className="ask-tiles">
        <Tile
          icon="person"
          title={t("kiosk:ask.person")}
          note={t("kiosk:ask.personNote")}
          onClick={() => onAudience("person")}
        />
        <Tile
          icon="company"
          title={t("kiosk:ask.legal")}
          note={t("kiosk:ask.legalNote")}
          onClick={() => onAudience("legal")}
        />
      </ul>
    </Page>
  );
};

export const LifeEventsScreen = ({
  catalogue,
  audience,
  onLifeEvent,
  ...leave
}: WithCatalogue & {
  readonly audience: Subject | null;
  readonly onLifeEvent: (id: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const events = catalogue === null ? [] : lifeEventsOf(catalogue, audience);
  const groups: readonly { readonly subject: Subject; readonly title: string }[] = [
    { subject: "person", title: t("kiosk:lifeEvents.person") },
    { subject: "legal", title: t("kiosk:lifeEvents.legal") },
  ];
  return (
    <Page {...leave} title={t("kiosk:lifeEvents.title")} note={<NamesNote isSample={catalogue?.sample === true} />}>
      {groups
        .filter(({ subject }) => events.some((event) => event.audience === subject))
        .map(({ subject, title }) => (
          <section key={subject} aria-label={title}>
            {audience === null && <h2 className="kiosk-group">{title}</h2>}
            <ul className="event-tiles">
              {events
                .filter((event) => event.audience === subject)
                .map((event) => (
                  <Tile
                    key={event.id}
                    icon={iconNameOf(event.icon)}
                    title={<Name of={eventName(event)} />}
                    note={t("kiosk:list.count", { count: event.itemCount + event.packageCount })}
                    onClick={() => onLifeEvent(event.id)}
                  />
                ))}
            </ul>
          </section>
        ))}
    </Page>
  );
};

const DepartmentTiles = ({
  departments,
  onDepartment,
}: {
  readonly departments: readonly { readonly name: string; readonly count: number }[];
  readonly onDepartment: (name: string) => void;
}): ReactElement => {
  const { t } = useTranslation();
  return (
    <ul className="department-tiles">
      {departments.map(({ name, count }) => (
        <Tile
          key={name}
          icon="department"
          title={<span lang="zh-CN">{name}</span>}
          note={t("kiosk:list.count", { count })}
          onClick={() => onDepartment(name)}
        />
      ))}
    </ul>
  );
};

export const DepartmentsScreen = ({
  catalogue,
  onDepartment,
  ...leave
}: WithCatalogue & { readonly onDepartment: (name: string) => void }): ReactElement => {
  const { t } = useTranslation();
  return (
    <Page {...leave} title={t("kiosk:departments.title")} note={<NamesNote isSample={catalogue?.sample === true} />}>
      <DepartmentTiles departments={catalogue?.departments ?? []} onDepartment={onDepartment} />
    </Page>
  );
};

export const PackagesScreen = ({
  catalogue,
  onEntry,
  ...leave
}: WithCatalogue & { readonly onEntry: (entry: EntryRef) => void }): ReactElement => {
  const { t } = useTranslation();
  const entries = catalogue === null ? [] : packagesOf(catalogue);
  return (
    <Page {...leave} title={t("kiosk:packages.title")} note={<NamesNote isSample={catalogue?.sample === true} />}>
      <EntryList entries={entries.map((entry) => ({ entry }))} onEntry={onEntry} />
    </Page>
  );
};

export const PopularScreen = ({
  catalogue,
  counts,
  onEntry,
  ...leave
}: WithCatalogue & { readonly counts: TakenCounts; readonly onEntry: (entry: EntryRef) => void }): ReactElement => {
  const { t } = useTranslation();
  const entries = catalogue === null ? [] : popularEntries(catalogue, counts, POPULAR);
  return (
    <Page {...leave} title={t("kiosk:popular.title")} note={<NamesNote isSample={catalogue?.sample === true} />}>
      <EntryList entries={entries.map((entry) => ({ entry }))} onEntry={onEntry} />
    </Page>
  );
};

/** What belongs to a life event or to a department; a long list asks for the department first. */
export const EntriesScreen = ({
  catalogue,
  of,
  onEntry,
  onBack,
  onHome,
}: WithCatalogue & {
  readonly of: { readonly lifeEvent: string } | { readonly department: string };
  readonly onEntry: (entry: EntryRef) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const [department, setDepartment] = useState<string | null>(null);
  const key = "lifeEvent" in of ? of.lifeEvent : of.department;
  const isEvent = "lifeEvent" in of;
  const entries = useMemo(() => {
    if (catalogue === null) return [];
    return isEvent ? entriesOfLifeEvent(catalogue, key) : entriesOfDepartment(catalogue, key);
  }, [catalogue, isEvent, key]);
  const event = catalogue?.lifeEvents.find((candidate) => candidate.id === key);
  const title = !isEvent ? key : event === undefined ? key : localName(eventName(event), language);
  const asksDepartment = isEvent && department === null && entries.length > LONG_LIST;
  const packages = entries.filter((entry) => entry.kind === "package");
  const shown = department === null ? entries : entries.filter((entry) => departmentOf(entry) === department);
  return (
    <Page
      title={department ?? title}
      note={<NamesNote isSample={catalogue?.sample === true} />}
      onBack={department === null ? onBack : () => setDepartment(null)}
      onHome={onHome}
    >
      {asksDepartment ? (
        <>
          {packages.length > 0 && (
            <>
              <h2 className="kiosk-group">{t("kiosk:list.packagesFirst")}</h2>
              <EntryList entries={packages.map((entry) => ({ entry }))} onEntry={onEntry} />
            </>
          )}
          <h2 className="kiosk-group">{t("kiosk:list.whichDepartment", { count: entries.length })}</h2>
          <DepartmentTiles departments={departmentsIn(entries)} onDepartment={setDepartment} />
        </>
      ) : (
        <EntryList key={department} entries={shown.map((entry) => ({ entry }))} onEntry={onEntry} />
      )}
    </Page>
  );
};
