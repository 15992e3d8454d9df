import { useState } from "react";
import { PaperDialog } from "../../../renderer/papers/paper-dialog.tsx";
import { PaperWork } from "../../../renderer/papers/paper-work.ts";
import { PickFile } from "../../../renderer/papers/pick-file.tsx";
import { ScanDialog } from "../../../renderer/papers/scan-dialog.tsx";
import { StaffShell } from "../../../renderer/ui/staff/staff-shell.tsx";
import { applicantOf, appliedItem, intakeOf, receipt, requirement } from "../../../shared/testing/case-fixture.ts";
import { FakeHall, makeFakeTerminal } from "../fake-terminal.ts";
import { draw, startTexts } from "../start.tsx";

/** `?show=scan|pick|paper&lang=en&kind=refusal`: the dialogs of papers on an intake in memory. */
const params = new URLSearchParams(location.search);
const language = params.get("lang") === "en" ? "en" : "zh-CN";
await startTexts(language);

const terminal = makeFakeTerminal({
  role: "window",
  hall: new FakeHall(),
  clerk: { clerkId: "clerk-1001", clerkNo: "1001", name: "王晓芳", duty: "clerk" },
  info: { language },
});
const record = { mode: "record" } as const;
const applicant = applicantOf({ name: "张伟", phone: "13800138000" });
await terminal.send(
  "OpenIntake",
  intakeOf({
    applicantId: "a1",
    items: [appliedItem("c1", { itemName: "食品经营许可（新办）", department: "市场监督管理局" })],
    materials: [
      requirement("m1", { name: "食品经营许可申请书" }),
      requirement("m2", { name: "经营场所平面布局图" }),
      requirement("m3", { name: "食品安全管理制度", necessity: 3, copies: 1 }),
    ],
  }),
  record,
);
await terminal.send("ReceiveMaterial", { intakeId: "i1", key: "m1", receipt: receipt() }, record);
const work = new PaperWork(terminal);
const kind =
  params.get("kind") === "refusal" ? "refusal" : params.get("kind") === "acceptance" ? "acceptance" : "correction";
const issued = await work.issue({ kind, intakeId: "i1", caseId: null, applicant, agent: null });
const documentId = issued.ok ? issued.value.documentId : "";

const Preview = () => {
  const [done, setDone] = useState("");
  const show = params.get("show") ?? "scan";
  return (
    <StaffShell title="papers">
      {show === "scan" && (
        <ScanDialog
          place="i1.m1"
          name="经营场所平面布局图"
          onDone={(file) => setDone(JSON.stringify(file))}
          onClose={() => setDone("closed")}
        />
      )}
      {show === "pick" && <PickFile onDone={(file) => setDone(JSON.stringify(file))} />}
      {show === "paper" && (
        <PaperDialog intakeId="i1" documentId={documentId} signer="applicant" onClose={() => setDone("closed")} />
      )}
      <output>{done}</output>
    </StaffShell>
  );
};

draw(terminal, <Preview />);
