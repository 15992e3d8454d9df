import { useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { CatalogueEntry } from "../../../shared/domain/catalogue/catalogue.ts";
import { glossOf } from "../../../shared/domain/catalogue/word-search.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { usePublicLanguage } from "../../ui/public/settings.tsx";
import { departmentOf, highlightPieces, nameOf, refOf } from "./catalogue-view.ts";
import type { EntryRef } from "./flow.ts";
import { useServiceWords } from "./use-word-search.ts";

const AT_ONCE = 30;

export interface ListedEntry {
  readonly entry: CatalogueEntry;
  readonly highlights?: readonly (readonly [number, number])[];
  /** Why it is in the list when its name does not say so. */
  readonly because?: string | null;
  /** The word of the reader's language by which it was found. */
  readonly topic?: string | null;
}

/** Services to choose from; long lists show the first ones and a key for more. */
export const EntryList = ({
  entries,
  onEntry,
}: {
  readonly entries: readonly ListedEntry[];
  readonly onEntry: (entry: EntryRef) => void;
}): ReactElement => {
  const { t } = useTranslation();
  const language = usePublicLanguage();
  const words = useServiceWords();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <>
      {words !== null && words.topics.length > 0 && entries.length > 0 && (
        <p className="quiet">{t("kiosk:list.rough")}</p>
      )}
      <ul className="entry-list" lang="zh-CN">
        {entries.slice(0, shown).map(({ entry, highlights = [], because = null, topic = null }) => {
          const ref = refOf(entry);
          const department = because ?? departmentOf(entry);
          const gloss = words === null ? [] : glossOf(nameOf(entry), words, language);
          const about = topic === null || gloss.includes(topic) ? gloss : [topic, ...gloss];
          return (
            <li key={`${ref.kind}:${ref.id}`}>
              <button type="button" className="tile" onClick={() => onEntry(ref)}>
                <Icon name={entry.kind === "package" ? "package" : "document"} />
                <span className="tile-text">
                  <span className="tile-title">
                    {highlightPieces(nameOf(entry), highlights).map(({ text, isMatch }, at) =>
                      isMatch ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
                    )}
                  </span>
                  {about.length > 0 && (
                    <span className="tile-topic" lang={language}>
                      {about.join(" · ")}
                    </span>
                  )}
                  {department !== null && <span className="tile-note">{department}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {entries.length > shown && (
        <button type="button" className="big-button kiosk-more" onClick={() => setShown(shown + AT_ONCE)}>
          <Icon name="down" />
          {t("kiosk:list.more", { count: entries.length - shown })}
        </button>
      )}
    </>
  );
};
