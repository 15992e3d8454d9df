import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, TimeLimit } from "../../../shared/domain/catalogue/catalogue.ts";
import type { Ticket } from "../../../shared/domain/queue/ticket.ts";
import { useLive, useTerminal } from "../../ui/hooks.ts";

interface Guide {
  readonly name: string;
  readonly facts: readonly { readonly key: string; readonly value: string | TimeLimit | number }[];
  readonly materials: readonly { readonly name: string }[];
  readonly members: readonly { readonly name: string; readonly department: string | null }[];
}

/** What the catalogue says about an item or a one-thing package; what was not published is left out. */
const findGuide = (catalogue: Catalogue | null, code: string | null): Guide | undefined => {
  if (catalogue === null || code === null) return undefined;
  const facts: { key: string; value: string | TimeLimit | number }[] = [];
  const fact = (key: string, value: string | TimeLimit | number | null): void => {
    if (value !== null && value !== "") facts.push({ key, value });
  };
  const item = catalogue.items.find((each) => each.code === code);
  if (item) {
    fact("window:guide.department", item.department);
    fact("window:guide.kind", item.kind);
    fact("window:guide.promised", item.promisedLimit);
    fact("window:guide.legal", item.legalLimit);
    fact("window:guide.visits", item.visits);
    fact("window:guide.fee", item.fee);
    return { name: item.name, facts, materials: item.materials, members: [] };
  }
  const thing = catalogue.packages.find((each) => each.id === code);
  if (!thing) return undefined;
  fact("window:guide.leadDepartment", thing.leadDepartment);
  fact("window:guide.limit", thing.overallLimit);
  return { name: thing.name, facts, materials: thing.materials, members: thing.members };
};

const factText = (value: string | TimeLimit | number, t: ReturnType<typeof useTranslation>["t"]): string => {
  if (typeof value === "string") return value;
  if (typeof value === "number") return t("window:guide.times", { n: value });
  return value.unit === "working"
    ? t("window:guide.workingDays", { n: value.days })
    : t("window:guide.calendarDays", { n: value.days });
};

/** Materials to tick off while looking through them; a help for the eye only, forgotten with the ticket. */
const Materials = ({ materials }: { readonly materials: Guide["materials"] }) => {
  const { t } = useTranslation();
  const [seen, setSeen] = useState<ReadonlySet<number>>(new Set());
  if (materials.length === 0) return <p className="guide-none">{t("window:guide.noMaterials")}</p>;
  return (
    <>
      <h3>{t("window:guide.materials", { seen: seen.size, all: materials.length })}</h3>
      <ul className="guide-materials">
        {materials.map((material, index) => (
          <li key={`${String(index)} ${material.name}`}>
            <label>
              <input
                type="checkbox"
                checked={seen.has(index)}
                onChange={(event) => {
                  const next = new Set(seen);
                  if (event.target.checked) next.add(index);
                  else next.delete(index);
                  setSeen(next);
                }}
              />
              <span>{material.name}</span>
            </label>
          </li>
        ))}
      </ul>
    </>
  );
};

/** The right side: what to check for the item of the person at hand. */
export const ItemGuide = ({ ticket }: { readonly ticket: Ticket | undefined }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const catalogue = useLive(terminal.catalogue);
  const guide = findGuide(catalogue, ticket?.itemCode ?? null);
  return (
    <section className="guide" aria-label={t("window:guide.label")}>
      <h2>{t("window:guide.label")}</h2>
      {guide === undefined ? (
        <p className="guide-none">
          {ticket === undefined
            ? t("window:guide.nobody")
            : ticket.itemCode === null
              ? t("window:guide.noItem")
              : t("window:guide.unknownItem")}
        </p>
      ) : (
        <>
          <p className="guide-name">{guide.name}</p>
          <dl className="guide-facts">
            {guide.facts.map(({ key, value }) => (
              <div key={key}>
                <dt>{t(key)}</dt>
                <dd>{factText(value, t)}</dd>
              </div>
            ))}
          </dl>
          <Materials key={ticket?.id} materials={guide.materials} />
          {guide.members.length === 0 ? null : (
            <>
              <h3>{t("window:guide.members", { n: guide.members.length })}</h3>
              <ol className="guide-members">
                {guide.members.map((member) => (
                  <li key={member.name}>
                    {member.name}
                    {member.department === null ? null : <small>{member.department}</small>}
                  </li>
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </section>
  );
};
