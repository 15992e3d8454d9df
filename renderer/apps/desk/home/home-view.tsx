import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { dayOf } from "../../../../shared/basics/time.ts";
import { LightMark } from "../../../ui/cases/case-list.tsx";
import { useLights } from "../../../ui/cases/use-lights.ts";
import { useLive, useTerminal } from "../../../ui/hooks.ts";
import { useNow } from "../../../ui/use-now.ts";
import { FleetCard } from "../fleet/fleet-card.tsx";
import { useDeskActor } from "../use-desk-actor.ts";
import { HandOverPanel } from "./hand-over-panel.tsx";
import { matterKinds, type MatterKind } from "../../../../shared/contract/desk-search.ts";
import { MatterView } from "./matter-view.tsx";
import { SearchBox } from "./search-box.tsx";
import { lightsOf, tasksOf, type HomeInput } from "./tasks.ts";
import "../../../ui/cases/cases.css";
import "../../../ui/ledgers/ledgers.css";
import "./home.css";

const TASKS_SHOWN = 60;

const LightCards = ({ input }: { readonly input: HomeInput }) => {
  const { t } = useTranslation();
  return (
    <ul className="home-lights" aria-label={t("home:lights")}>
      {lightsOf(input).map(({ matter, open, red, yellow, href }) => (
        <li key={matter}>
          <a href={href} data-light={red > 0 ? "red" : yellow > 0 ? "yellow" : "green"}>
            <b>{t(`home:matter.${matter}`)}</b>
            <span className="home-light-line">
              {red > 0 ? <span data-light="red">■ {t("home:light.red", { n: red })}</span> : null}
              {yellow > 0 ? <span data-light="yellow">▲ {t("home:light.yellow", { n: yellow })}</span> : null}
              {red + yellow === 0 ? <span data-light="green">✓ {t("home:light.none")}</span> : null}
            </span>
            <small>{t("home:light.open", { n: open })}</small>
          </a>
        </li>
      ))}
      {input.actor.department == null ? <FleetCard /> : null}
    </ul>
  );
};

const Tasks = ({ input }: { readonly input: HomeInput }) => {
  const { t } = useTranslation();
  const tasks = tasksOf(input);
  if (tasks.length === 0) return <p className="desk-empty">{t("home:tasks.none")}</p>;
  return (
    <>
      <ul className="home-tasks">
        {tasks.slice(0, TASKS_SHOWN).map((task) => (
          <li key={`${task.matter} ${task.id}`}>
            <a href={task.href}>
              <LightMark light={task.light} />
              <b>{task.number}</b>
              <span className="home-about">{task.about}</span>
              <span>{t(task.next)}</span>
              <small>{task.due === null ? "" : t("ledgers:due", { day: task.due })}</small>
            </a>
          </li>
        ))}
      </ul>
      {tasks.length > TASKS_SHOWN ? (
        <p className="desk-more">{t("home:tasks.more", { n: tasks.length - TASKS_SHOWN })}</p>
      ) : null}
    </>
  );
};

const isKind = (text: string | undefined): text is MatterKind =>
  text !== undefined && (matterKinds as readonly string[]).includes(text);

/** What the desk opens with: today's lights, what is to be done, a search over everything, the note of the last shift. */
export const HomeView = ({ path }: { readonly path: readonly string[] }) => {
  const { t } = useTranslation();
  const hall = useLive(useTerminal().hall);
  const actor = useDeskActor();
  const now = useNow(30_000);
  const today = dayOf(now, hall.plan?.utcOffsetMinutes ?? 480);
  const cases = useMemo(() => [...hall.cases.values()], [hall.cases]);
  const caseLightOf = useLights(cases, hall.plan, today);
  const input: HomeInput = { hall, actor, now, caseLightOf };
  const [kind, id] = path;
  return (
    <main className="home-main">
      <div className="home-column" role="region" aria-label={t("home:lights")} tabIndex={0}>
        <LightCards input={input} />
        <section className="desk-card" aria-labelledby="home-tasks">
          <h2 id="home-tasks">{t("home:tasks.heading")}</h2>
          <Tasks input={input} />
        </section>
      </div>
      <div className="home-column" role="region" aria-label={t("home:find.label")} tabIndex={0}>
        <SearchBox hall={hall} />
        {isKind(kind) && id !== undefined ? <MatterView key={`${kind} ${id}`} hall={hall} kind={kind} id={id} /> : null}
        {actor.department == null ? <HandOverPanel input={input} /> : null}
      </div>
    </main>
  );
};
