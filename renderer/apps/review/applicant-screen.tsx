import { useRef, useState, type ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { ApplicantView, Signature } from "../../../shared/domain/document/applicant-view.ts";
import { documentHash, type Block, type PaperDocument } from "../../../shared/domain/document/document.ts";
import { useTerminal } from "../../ui/hooks.ts";
import { Icon } from "../../ui/public/icons.tsx";
import { ScrollArea } from "../../ui/public/scroll-area.tsx";
import { tellWindow } from "./applicant-answer.ts";
import { SignatureField, type SignatureHandle } from "./signature-field.tsx";

type Typed = Extract<ApplicantView, { kind: "typed" }>;
type Paper = Extract<ApplicantView, { kind: "paper" }>;

const BlockText = ({ block }: { readonly block: Block }): ReactElement => {
  switch (block.kind) {
    case "heading":
      return <h2>{block.text}</h2>;
    case "text":
      return <p>{block.text}</p>;
    case "fields":
      return (
        <dl>
          {block.rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      );
    case "table":
      return (
        <table>
          <thead>
            <tr>
              {block.head.map((cell) => (
                <th key={cell} scope="col">
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {block.rows.map((row) => (
              <tr key={row.join("\n")}>
                {row.map((cell, at) => (
                  <td key={block.head[at] ?? at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "list":
      return (
        <ul>
          {block.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      );
  }
};

/** The paper in large type: the same words that are signed and printed. */
const PaperText = ({ document }: { readonly document: PaperDocument }): ReactElement => (
  <article className="applicant-paper" lang="zh-CN">
    <p className="applicant-letterhead">{document.letterhead}</p>
    <h1>{document.title}</h1>
    <p className="applicant-number">{document.number}</p>
    {document.blocks.map((block, at) => (
      <BlockText key={`${document.number} ${String(at)}`} block={block} />
    ))}
    <p className="applicant-date">{document.date}</p>
    {document.sampleNote !== null && <p className="quiet">{document.sampleNote}</p>}
  </article>
);

const Sent = ({ title }: { readonly title: string }): ReactElement => (
  <div className="public-message" role="status">
    <Icon name="check" />
    <h1>{title}</h1>
  </div>
);

const TypedScreen = ({ view }: { readonly view: Typed }): ReactElement => {
  const { t } = useTranslation();
  const [sent, setSent] = useState<"confirmed" | "objected" | null>(null);
  const answer = (kind: "confirmed" | "objected"): void => {
    setSent(kind);
    void tellWindow({ kind, requestId: view.requestId });
  };
  const title = view.isDraft ? t("review:applicant.draftTitle") : t("review:applicant.typedTitle");
  if (view.isDraft && view.sections.length === 0 && view.missing.length === 0)
    return (
      <div className="public-message" role="status">
        <Icon name="document" />
        <h1>{title}</h1>
        <p>{t("review:applicant.typing")}</p>
      </div>
    );
  return (
    <div className="applicant">
      <h1 className="applicant-title">{title}</h1>
      <ScrollArea label={title}>
        {view.sections.map(({ title, rows }) => (
          <section key={title} className="applicant-section">
            <h2>{title}</h2>
            <dl>
              {rows.map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{value === "" ? "—" : value}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        {view.missing.length > 0 && (
          <section className="applicant-section applicant-missing">
            <h2>
              <Icon name="warning" /> {t("review:applicant.missing")}
            </h2>
            <ul>
              {view.missing.map((each) => (
                <li key={each}>{each}</li>
              ))}
            </ul>
          </section>
        )}
      </ScrollArea>
      <div className="applicant-end">
        {sent !== null ? (
          <p role="status">{sent === "confirmed" ? t("review:applicant.confirmed") : t("review:applicant.objected")}</p>
        ) : view.isDraft ? (
          <p className="quiet">{t("review:applicant.typing")}</p>
        ) : (
          <>
            <button type="button" className="big-button" onClick={() => answer("objected")}>
              {t("review:applicant.object")}
            </button>
            <button type="button" className="big-button big-button-primary" onClick={() => answer("confirmed")}>
              {t("review:applicant.confirm")}
            </button>
          </>
        )}
      </div>
    </div>
  );
};

/** What stands after a signature, also when the window has taken the paper away at once. */
export const SignedThanks = (): ReactElement => {
  const { t } = useTranslation();
  return <Sent title={t("review:applicant.signed")} />;
};

interface PaperScreenProps {
  readonly view: Paper;
  readonly onSigned: () => void;
}

const PaperScreen = ({ view, onSigned }: PaperScreenProps): ReactElement => {
  const { t } = useTranslation();
  const terminal = useTerminal();
  const { document, documentId, requestId, signer } = view;
  const [isRead, setIsRead] = useState(false);
  const [stage, setStage] = useState<"read" | "sign" | "signed" | "cannot" | "notKept">("read");
  const [hasInk, setHasInk] = useState(false);
  const pad = useRef<SignatureHandle | null>(null);

  const confirm = async (): Promise<void> => {
    const written = pad.current?.read();
    if (!written || signer === null) return;
    const signature: Signature = {
      format: 1,
      documentId,
      // Of what stood on this screen, not of what the window says that it sent.
      textHash: documentHash(document),
      signer,
      signedAt: Math.round(terminal.now()),
      deviceId: terminal.info.credentials?.deviceId ?? "",
      strokes: written.strokes.map((stroke) => [...stroke]),
      picture: written.picture,
    };
    const text = JSON.stringify(signature);
    // Kept and sent by this screen as well: what was signed here does not depend on the window.
    const kept = await terminal.files.keep(new TextEncoder().encode(text));
    if (!kept.ok) return setStage("notKept");
    setStage("signed");
    onSigned();
    await tellWindow({ kind: "signed", requestId, signature: text });
  };
  const cannot = (): void => {
    setStage("cannot");
    void tellWindow({ kind: "cannotSign", requestId });
  };

  if (stage === "signed") return <SignedThanks />;
  if (stage === "cannot") return <Sent title={t("review:applicant.cannotTold")} />;
  if (stage === "sign" || stage === "notKept")
    return (
      <div className="applicant">
        <h1 className="applicant-title">{t("review:applicant.signTitle", { title: document.title })}</h1>
        <SignatureField label={t("review:applicant.field")} handle={pad} onInk={setHasInk} />
        {stage === "notKept" && (
          <p className="applicant-fault" role="alert">
            {t("review:applicant.notKept")}
          </p>
        )}
        <div className="applicant-end">
          <button type="button" className="big-button" onClick={() => setStage("read")}>
            {t("review:applicant.readAgain")}
          </button>
          <button type="button" className="big-button" onClick={cannot}>
            {t("review:applicant.cannot")}
          </button>
          <button type="button" className="big-button" disabled={!hasInk} onClick={() => pad.current?.undo()}>
            {t("review:applicant.undo")}
          </button>
          <button type="button" className="big-button" onClick={() => pad.current?.clear()}>
            {t("review:applicant.clear")}
          </button>
          <button
            type="button"
            className="big-button big-button-primary"
            disabled={!hasInk}
            onClick={() => void confirm()}
          >
            {t("review:applicant.sign")}
          </button>
        </div>
      </div>
    );
  return (
    <div className="applicant">
      <ScrollArea label={document.title} onEnd={() => setIsRead(true)}>
        <PaperText document={document} />
      </ScrollArea>
      {signer !== null && (
        <div className="applicant-end">
          {!isRead && <p className="quiet">{t("review:applicant.readFirst")}</p>}
          <button type="button" className="big-button" onClick={cannot}>
            {t("review:applicant.cannot")}
          </button>
          <button
            type="button"
            className="big-button big-button-primary"
            disabled={!isRead}
            onClick={() => {
              setHasInk(false);
              setStage("sign");
            }}
          >
            {t("review:applicant.toSign")}
          </button>
        </div>
      )}
    </div>
  );
};

/** What the clerk has typed about the person here, or a paper to read and to sign. */
export const ApplicantScreen = ({
  view,
  onSigned,
}: {
  readonly view: ApplicantView;
  readonly onSigned: () => void;
}): ReactElement =>
  view.kind === "typed" ? (
    <TypedScreen key={`${view.requestId} ${String(view.isDraft)}`} view={view} />
  ) : (
    <PaperScreen key={view.requestId} view={view} onSigned={onSigned} />
  );
