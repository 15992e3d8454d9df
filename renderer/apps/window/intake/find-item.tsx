import { useDeferredValue, useMemo, useState } from "react";
import { TextInput } from "../../../ui/staff/text-input.tsx";
import { useTranslation } from "react-i18next";
import type { Catalogue, CatalogueEntry } from "../../../../shared/domain/catalogue/catalogue.ts";
import { createSearchIndex, searchCatalogue, type SearchIndex } from "../../../../shared/domain/catalogue/search.ts";

const HITS = 40;

const indexes = new WeakMap<Catalogue, SearchIndex>();
const indexOf = (catalogue: Catalogue): SearchIndex => {
  let index = indexes.get(catalogue);
  if (!index) indexes.set(catalogue, (index = createSearchIndex(catalogue)));
  return index;
};

interface FindItemProps {
  readonly catalogue: Catalogue;
  readonly onChoose: (entry: CatalogueEntry) => void;
  readonly label: string;
  readonly autoFocus?: boolean;
}

/** Finds an item or a package by name, pinyin, initials or code; arrows and Enter choose. */
export const FindItem = ({ catalogue, onChoose, label, autoFocus = false }: FindItemProps) => {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(query);
  const hits = useMemo(
    () => (asked.trim() === "" ? [] : searchCatalogue(indexOf(catalogue), asked, HITS)),
    [catalogue, asked],
  );
  const choose = (entry: CatalogueEntry | undefined): void => {
    if (entry === undefined) return;
    setQuery("");
    setAt(0);
    onChoose(entry);
  };
  return (
    <div className="find-item">
      <TextInput
        large
        value={query}
        autoFocus={autoFocus}
        autoComplete="off"
        spellCheck={false}
        aria-label={label}
        placeholder={label}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls="find-item-hits"
        {...(hits.length > 0 ? { "aria-activedescendant": `find-item-${String(at)}` } : {})}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "ArrowDown") setAt((before) => Math.min(before + 1, hits.length - 1));
          else if (event.key === "ArrowUp") setAt((before) => Math.max(before - 1, 0));
          // The list may be a key behind: Enter chooses by what has been typed.
          else if (event.key === "Enter")
            choose((asked === query ? hits : searchCatalogue(indexOf(catalogue), query, HITS))[at]?.entry);
          else if (event.key === "Escape" && query !== "") setQuery("");
          else return;
          event.preventDefault();
        }}
      />
      <ul id="find-item-hits" role="listbox" aria-label={t("intake:find.hits")} hidden={hits.length === 0}>
        {hits.map(({ entry }, index) => (
          <li
            key={entry.kind === "item" ? entry.item.code : entry.package.id}
            id={`find-item-${String(index)}`}
            role="option"
            aria-selected={index === at}
            // Not on entering: the list opens under a mouse that nobody has moved.
            onMouseMove={() => setAt(index)}
            onClick={() => choose(entry)}
          >
            {entry.kind === "item" ? (
              <>
                <span>{entry.item.name}</span>
                <small>{entry.item.department}</small>
              </>
            ) : (
              <>
                <span>
                  <b className="mark mark-appointment">{t("intake:find.package")}</b> {entry.package.name}
                </span>
                <small>{t("intake:find.members", { n: entry.package.members.length })}</small>
              </>
            )}
          </li>
        ))}
      </ul>
      {asked.trim() !== "" && hits.length === 0 ? <p className="intake-quiet">{t("intake:find.none")}</p> : null}
    </div>
  );
};
