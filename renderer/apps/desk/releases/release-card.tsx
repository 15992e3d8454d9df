import { useTranslation } from "react-i18next";
import type { DeskRelease, DeskReleases } from "../../../../shared/contract/desk-releases.ts";
import { takerStateSchema } from "../../../../shared/domain/releases/stage.ts";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import type { NextStage } from "./stage-dialog.tsx";

const MEGABYTE = 1_000_000;

/** Whom a release reaches, by their names. */
const useReach = (list: DeskReleases): ((release: DeskRelease) => string) => {
  const { t } = useTranslation();
  return ({ reach }) => {
    if (reach.kind === "nobody" || reach.kind === "all") return t(`releases:reach.${reach.kind}`);
    const [ids, named] = reach.kind === "terminals" ? [reach.deviceIds, list.terminals] : [reach.hallIds, list.halls];
    return ids.map((id) => named.find((each) => each.id === id)?.name ?? id).join(t("releases:and"));
  };
};

/** The stages that a release has still before it. */
const stagesBefore = ({ reach, fromCity, isHere }: DeskRelease, list: DeskReleases): readonly NextStage[] => {
  if (fromCity || !isHere || reach.kind === "all") return [];
  const first: readonly NextStage[] = reach.kind === "halls" || list.terminals.length === 0 ? [] : ["terminal"];
  return [...first, ...(list.halls.length === 0 ? [] : ["hall" as const]), "all"];
};

interface ReleaseCardProps {
  readonly release: DeskRelease;
  readonly list: DeskReleases;
  readonly offset: number;
  /** Whether who is signed in may give it out and halt it. */
  readonly mayChange: boolean;
  readonly onStage: (stage: NextStage) => void;
  readonly onHalt: (isHalted: boolean) => void;
}

/** A release: who gets it, how the terminals stand to it, and what may be done with it. */
export const ReleaseCard = ({ release, list, offset, mayChange, onStage, onHalt }: ReleaseCardProps) => {
  const { t } = useTranslation();
  const reach = useReach(list);
  const { version, size, addedAt, isHaltedHere, isHaltedAbove, fromCity, isHere, stands, troubled } = release;
  const isHalted = isHaltedHere || isHaltedAbove;
  const told = takerStateSchema.options.filter((state) => (stands[state] ?? 0) > 0);
  return (
    <article className="release" aria-label={t("releases:version", { version })} data-halted={isHalted || undefined}>
      <header>
        <h3>{t("releases:version", { version })}</h3>
        <span>
          {t("releases:added", {
            time: `${dayOf(addedAt, offset)} ${clockOf(addedAt, offset)}`,
            mb: Math.ceil(size / MEGABYTE),
          })}
        </span>
        {fromCity ? <span className="release-mark">{t("releases:fromCity")}</span> : null}
      </header>
      {isHalted ? (
        <p className="release-fault" role="status">
          ■ {t(isHaltedAbove ? "releases:haltedAbove" : "releases:halted")}
        </p>
      ) : null}
      {isHere ? null : <p className="release-wait">▲ {t("releases:notHere")}</p>}
      <dl className="fact-rows">
        <div>
          <dt>{t("releases:reaches")}</dt>
          <dd>{reach(release)}</dd>
        </div>
        <div>
          <dt>{t("releases:stands")}</dt>
          <dd>
            {told.length === 0
              ? t("releases:state.none")
              : told.map((state) => t(`releases:state.${state}`, { n: stands[state] })).join(t("releases:then"))}
          </dd>
        </div>
        {troubled.length === 0 ? null : (
          <div>
            <dt>{t("releases:troubled")}</dt>
            <dd>
              {troubled.map(({ name, state }) => t(`releases:trouble.${state}`, { name })).join(t("releases:and"))}
            </dd>
          </div>
        )}
      </dl>
      {mayChange ? (
        <div className="release-acts">
          {stagesBefore(release, list).map((stage) => (
            <button key={stage} type="button" className="small-button" onClick={() => onStage(stage)}>
              {t(`releases:act.${stage}`)}
            </button>
          ))}
          <button type="button" className="small-button" onClick={() => onHalt(!isHaltedHere)}>
            {t(isHaltedHere ? "releases:act.resume" : "releases:act.halt")}
          </button>
        </div>
      ) : null}
    </article>
  );
};
