import { useDeferredValue, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import type { HallState } from "../../../../shared/domain/hall/state.ts";
import { findEverything, linkIn } from "./find.ts";

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
        {asked.trim().length < 2 ? null : link !== null ? (
          <p>
            <a href={link}>{t("home:find.link")}</a>
          </p>
        ) : found.length === 0 ? (
          <p className="desk-empty">{t("home:find.none")}</p>
        ) : (
          <p className="desk-more">{t("home:find.count", { n: found.length })}</p>
        )}
      </div>
      {found.length === 0 ? null : (
        <ul className="home-found">
          {found.map((each) => (
            <li key={`${each.kind} ${each.id}`}>
              <a href={each.href} onClick={() => setTyped("")}>
                <small>{t(`home:kind.${each.kind}`)}</small> <b>{each.number}</b> <span>{each.about}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
