import { DAY_MS } from "../../shared/basics/time.ts";
import type { Actor } from "../../shared/domain/identity/roles.ts";
import { dueOrderSteps } from "../../shared/domain/work-order/due-steps.ts";
import { filingsDue } from "../../shared/domain/work-order/filing.ts";
import { nextCaseSerial } from "../../shared/domain/case/case-number.ts";
import { intakeOf } from "../../shared/testing/case-fixture.ts";
import { raising } from "../../shared/testing/work-order-fixture.ts";
import { nodeActor } from "../../shared/testing/hall-fixture.ts";
import type { FakeHall } from "./fake-terminal.ts";

/** The department whose desk a preview may show. */
export const PREVIEW_DEPARTMENT = "区卫健委";

const lin: Actor = { role: "desk", deviceId: "desk-2", clerkId: "lin", counterId: null };
const zhang: Actor = { role: "window", deviceId: "w-zhang", clerkId: "zhang", counterId: "1" };
const officer: Actor = { ...lin, deviceId: "desk-3", clerkId: "officer", department: PREVIEW_DEPARTMENT };

const names = ["食品经营许可（新办）", "户外广告设置审批", "社会保障卡补领", "医疗机构执业登记", "公共场所卫生许可"];

/** Work orders at each step of their way, two weeks of weekly reports, and a case that was refused. */
export const fillOrders = (node: FakeHall): void => {
  const orders = names.map((itemName, index) => ({ orderId: `order-${String(index + 1)}`, itemName }));
  const tell = (): void => {
    const now = node.now();
    const { plan, workOrders, orderFiled } = node.live.get();
    for (const data of dueOrderSteps(workOrders.values(), now)) node.act(nodeActor, "EscalateWorkOrder", data);
    if (plan === null) return;
    for (const data of filingsDue(plan, workOrders.values(), orderFiled, now))
      node.act(nodeActor, "FileOrderReports", data);
  };
  orders.forEach(({ orderId, itemName }, index) => {
    node.offsetMs = -(15 - index * 3) * DAY_MS;
    node.act(zhang, "RaiseWorkOrder", raising({ orderId, itemName, itemCode: null }));
    if (index === 4) return;
    const summary = "材料齐全，三次申办均未受理";
    node.act(lin, "TakeWorkOrderIn", { orderId, flow: "government", level: 2, summary });
    const note = "请按期办结并反馈群众";
    node.act(lin, "DispatchWorkOrder", { orderId, stage: "department", department: PREVIEW_DEPARTMENT, note });
    if (index === 3) return;
    node.act(officer, "AcceptWorkOrder", { orderId });
    if (index > 0) return;
    const answer = { result: "solved", cause: "guideUnclear", answer: "已一次说清并当场受理" } as const;
    node.act(officer, "AnswerWorkOrder", { orderId, ...answer, guideChange: "材料清单写明场地证明的三种形式" });
  });
  node.offsetMs = -DAY_MS;
  node.act(zhang, "LeaseCaseNumbers", {});
  const serial = nextCaseSerial(node.live.get().caseLeases, zhang.deviceId);
  node.act(zhang, "OpenIntake", intakeOf({ intakeId: "refused-1", serial }), { mode: "record" });
  const reason = "不属于本区管辖，请到市级大厅办理";
  node.act(zhang, "RefuseIntake", { intakeId: "refused-1", reason, remedies: ["行政复议"] }, { mode: "record" });
  node.offsetMs = 0;
  tell();
};
