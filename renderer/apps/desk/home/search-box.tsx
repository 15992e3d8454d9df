import { useDeferredValue, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Result } from "../../../../shared/basics/result.ts";
import {
  DESK_SEARCH_PATH,
  deskFoundSchema,
  SEARCH_MIN,
  type DeskFound,
  type FoundBefore,
} from "../../../../shared/contract/desk-search.ts";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { useTerminal } from "../../../ui/hooks.ts";
import { askDesk } from "../ask-desk.ts";
import { hashOf } from "../route.ts";
import { findEverything, linkIn, type Found } from "./find.ts";

const FoundList = ({ found, onChoose }: { readonly found: readonly Found[]; readonly onChoose?: () => void }) => {
  const { t } = useTranslation();
  if (found.length === 0) return null;
  return (
    <ul className="home-found">
      {found.map((each) => (
        <li key={`${each.kind} ${each.id}`}>
          <a href={each.href} {...(onChoose === undefined ? {} : { onClick: onChoose })}>
            <small>{t(`home:kind.${each.kind}`)}</small> <b>{each.number}</b> <span>{each.about}</span>
          </a>
        </li>
      ))}
    </ul>
  );
};

/** What this terminal does not hold any more: asked of the center by a press, because each search is noted there. */
const SearchBefore = ({ typed, known }: { readonly typed: string; readonly known: readonly Found[] }) => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const [answer, setAnswer] = useState<Result<DeskFound, string> | null>(null);
  const search = async (): Promise<void> =>
    setAnswer(await askDesk(terminal, DESK_SEARCH_PATH, deskFoundSchema, { typed }));
  const isNew = ({ kind, id }: FoundBefore): boolean => !known.some((each) => each.kind === kind && each.id === id);
  const found = answer?.ok === true ? answer.value.found.filter(isNew) : [];
  return (
    <div className="home-before">
      <button type="button" className="small-button" onClick={() => void search()}>
        {t("home:find.before")}
      </button>{" "}
      <small role="status">
        {answer === null
          ? t("home:find.noted")
          : !answer.ok
            ? t("home:find.failed")
            : answer.value.isCut
              ? t("home:find.cut", { n: found.length })
              : t("home:find.count", { n: found.length })}
      </small>
      <FoundList
        found={found.map(({ day, about, ...each }) => ({
          ...each,
          about: `${day} ${about}`,
          href: hashOf("home", each.kind, each.id),
        }))}
      />
    </div>
  );
};

/** One box for everything that this desk may see; a pasted link of another desk leads to the same thing here. */
export const SearchBox = ({ hall }: { readonly hall: HallState }) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const asked = useDeferredValue(typed);
  const link = linkIn(asked);
  const found = link === null ? findEverything(hall, asked) : [];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const target = link ?? found[0]?.href;
    if (target === undefined) return;
    location.hash = target;
    setTyped("");
  };
  return (
    <section className="desk-card" aria-label={t("home:find.label")}>
      <form role="search" className="home-search" onSubmit={submit}>
        <input
          type="search"
          value={typed}
          aria-label={t("home:find.label")}
          placeholder={t("home:find.hint")}
          onChange={(event) => setTyped(event.target.value)}
        />
      </form>
      <div role="status">
        {asked.trim().length < SEARCH_MIN ? null : link !== null ? (
          <p>
            <a href={link}>{t("home:find.link")}</a>
          </p>
        ) : found.length === 0 ? (
          <p className="desk-empty">{t("home:find.none")}</p>
        ) : (
          <p className="desk-more">{t("home:find.count", { n: found.length })}</p>
        )}
      </div>
      <FoundList found={found} onChoose={() => setTyped("")} />
      {asked.trim().length < SEARCH_MIN || link !== null ? null : (
        <SearchBefore key={asked.trim()} typed={asked.trim()} known={found} />
      )}
    </section>
  );
};
