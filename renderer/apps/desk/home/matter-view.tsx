import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { clockOf, dayOf } from "../../../../shared/basics/time.ts";
import { DESK_MATTER_PATH, deskMatterLinesSchema, type MatterKind } from "../../../../shared/contract/desk-search.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { mayName, type Matter as Subject } from "../../../../shared/domain/identity/permissions.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";
import { useClerkNames } from "../floor/use-clerk-names.ts";
import { goTo } from "../route.ts";
import { useDeskActor } from "../use-desk-actor.ts";
import { linesOf, matterFrom, type MatterLine } from "./matter.ts";

interface MatterProps {
  readonly hall: HallState;
  readonly kind: MatterKind;
  readonly id: string;
}

const subjects: Readonly<Record<MatterKind, Subject>> = {
  ticket: "queue",
  case: "cases",
  review: "rectifications",
  order: "workOrders",
  entry: "ledgers",
};

/** The lines of a matter that this terminal does not hold any more, from the center; null: it could not be asked, or there are none. */
const useLinesBefore = ({ kind, id }: MatterProps, isWanted: boolean): readonly MatterLine[] | null => {
  const terminal = useTerminal();
  const [lines, setLines] = useState<readonly MatterLine[] | null>(null);
  useEffect(() => {
    if (!isWanted) return undefined;
    let isCurrent = true;
    void askDesk(terminal, DESK_MATTER_PATH, deskMatterLinesSchema, { kind, id }).then((answer) => {
      if (isCurrent && answer.ok)
        setLines(answer.value.lines.map((line) => ({ ...line, key: `home:line.${line.key}`, href: null })));
    });
    return () => {
      isCurrent = false;
    };
  }, [terminal, kind, id, isWanted]);
  return lines;
};

/** Everything that has happened in one person's matter: ticket, intake, case, review, order and ledger in one line of time. */
export const MatterView = (props: MatterProps) => {
  const { hall, kind, id } = props;
  const { t } = useTranslation();
  const actor = useDeskActor();
  const clerkNames = useClerkNames();
  const own = useMemo(() => linesOf(hall, matterFrom(hall, kind, id)), [hall, kind, id]);
  const before = useLinesBefore(props, own.length === 0);
  const lines = own.length > 0 ? own : (before ?? []);
  const offset = hall.plan?.utcOffsetMinutes ?? 480;
  const textOf = ({ key, params }: MatterLine): string => {
    const { type } = params;
    const step = typeof type === "string" ? t(`orders:note.${type.replace(".", "_")}`) : "";
    return t(key, { ...params, step });
  };
  const nameOf = (line: MatterLine): string =>
    line.by !== null && mayName(actor, subjects[line.kind]) ? (clerkNames.get(line.by) ?? "") : "";
  return (
    <section className="desk-card" aria-labelledby="home-matter">
      <h2 id="home-matter">
        {t("home:matterHeading")}{" "}
        <button type="button" className="small-button" onClick={() => goTo("home")}>
          {t("home:close")}
        </button>
      </h2>
      {lines.length === 0 ? <p className="desk-empty">{t("home:gone")}</p> : null}
      <ol className="home-lines">
        {lines.map((line, index) => (
          <li key={index} data-kind={line.kind}>
            <time>{`${dayOf(line.at, offset)} ${clockOf(line.at, offset)}`}</time>
            <small>{t(`home:kind.${line.kind}`)}</small>
            <span>
              {line.href === null ? textOf(line) : <a href={line.href}>{textOf(line)}</a>}{" "}
              <small className="home-by">{nameOf(line)}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};
