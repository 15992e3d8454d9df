import { use, type ComponentProps, type ComponentType } from "react";
import { prerenderToNodeStream } from "react-dom/static";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LedgerFile } from "../../../shared/domain/ledger/file-mark.ts";
import { fileMarkOf } from "../../../shared/domain/ledger/file-mark.ts";
import { deliveredLedgers } from "../../../shared/domain/ledger/ledgers.ts";
import { makeFakeTerminal } from "../../../tests/preview/fake-terminal.ts";
import type { PickFile } from "../../papers/pick-file.tsx";
import { keepPages, keepTaken, readTaken } from "../../papers/scan-keep.ts";
import { WHOLE } from "../../papers/scan-model.ts";
import { EntryFields, type Written } from "./entry-fields.tsx";
import type * as filesField from "./files-field.tsx";
import { forgetScans, formPlace } from "./ledger-scans.ts";

const drawn = vi.hoisted(() => ({
  places: [] as string[],
  picks: [] as ((file: LedgerFile) => void)[],
}));
vi.mock("./files-field.tsx", async (original) => {
  const real = await original<typeof filesField>();
  return {
    ...real,
    FilesField: (props: ComponentProps<typeof filesField.FilesField>) => {
      drawn.places.push(props.place);
      return <real.FilesField {...props} />;
    },
  };
});
// What is drawn once, without a browser, waits for its parts.
vi.mock("../later.tsx", () => ({
  later: <Props extends object>(load: () => Promise<ComponentType<Props>>) => {
    let loading: Promise<ComponentType<Props>> | undefined;
    return (props: Props) => {
      const Part = use((loading ??= load()));
      return <Part {...props} />;
    };
  },
}));
vi.mock("../../papers/pick-file.tsx", () => ({
  PickFile: ({ onDone }: ComponentProps<typeof PickFile>) => {
    drawn.picks.push(onDone);
    return null;
  },
}));

const withFiles = [...deliveredLedgers().values()].find(({ fields }) => fields.some(({ kind }) => kind === "files"));
const definition = withFiles ?? expect.fail("No ledger takes files.");
const filesId = definition.fields.find(({ kind }) => kind === "files")?.id ?? "";
const textId = definition.fields.find(({ kind }) => kind === "text" || kind === "longText")?.id ?? "";
const file = (letter: string): LedgerFile => ({
  hash: letter.repeat(64),
  mime: "application/pdf",
  bytes: 10,
  pages: 1,
});

/** Draws the fields once over what the form holds then. */
const draw = async (written: Written, place: string, onWritten: (change: (before: Written) => Written) => void) => {
  const { prelude } = await prerenderToNodeStream(
    <EntryFields
      definition={definition}
      asks={[{ field: filesId, isRequired: true }]}
      written={written}
      faults={[]}
      place={place}
      onChange={(id, change) => onWritten((before) => ({ ...before, [id]: change(before[id]) }))}
    />,
  );
  prelude.resume();
};

beforeEach(() => {
  drawn.places = [];
  drawn.picks = [];
});

it("keeps what was written, and taken, while a picked file was being stored", async () => {
  let written: Written = {};
  await draw(written, "p", (change) => (written = change(written)));
  const [pickedFirst] = drawn.picks;
  // Before the file is stored: a text, and another file from the camera.
  written = { [textId]: "材料齐全", [filesId]: [fileMarkOf(file("b"))] };
  pickedFirst?.(file("a"));
  expect(written).toEqual({ [textId]: "材料齐全", [filesId]: [fileMarkOf(file("b")), fileMarkOf(file("a"))] });
  pickedFirst?.(file("a"));
  expect(written[filesId]).toHaveLength(2);
});

describe("pages that were scanned and not finished", () => {
  const scanInto = async (terminal: ReturnType<typeof makeFakeTerminal>, place: string): Promise<void> => {
    await keepTaken(terminal, "page-1", new Blob(["picture"]));
    await keepPages(terminal, place, [{ id: "page-1", turns: 0, crop: WHOLE }], ["page-1"]);
  };
  const placeOf = async (form: string): Promise<string> => {
    await draw({}, form, () => undefined);
    return drawn.places.at(-1) ?? "";
  };

  it("are there again in the same form, and in no other", async () => {
    const terminal = makeFakeTerminal({ role: "desk" });
    const mine = await placeOf(formPlace(definition.id, "entry-1", "answer"));
    await scanInto(terminal, mine);
    expect(await readTaken(terminal, await placeOf(formPlace(definition.id, "entry-1", "answer")))).toHaveLength(1);
    for (const other of [
      formPlace(definition.id, "entry-2", "answer"),
      formPlace(definition.id, "entry-1", "amend"),
      formPlace("another", "entry-1", "answer"),
    ])
      expect(await readTaken(terminal, await placeOf(other)), other).toEqual([]);
  });

  it("are forgotten with the form that was sent or given up", async () => {
    const terminal = makeFakeTerminal({ role: "desk" });
    const form = formPlace(definition.id, "entry-1", "open");
    await scanInto(terminal, await placeOf(form));
    await forgetScans(terminal, definition, form);
    expect([...terminal.fake.drafts.values()].filter((kept) => kept !== null)).toEqual([]);
  });
});
