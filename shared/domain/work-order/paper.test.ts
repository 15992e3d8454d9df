import { describe, expect, it } from "vitest";
import { testPlan } from "../../testing/hall-fixture.ts";
import { HEALTH, lin, ORDER, OrderHall } from "../../testing/work-order-fixture.ts";
import { documentLines, documentSchema } from "../document/document.ts";
import { expectGolden } from "../document/golden-document.fixture.ts";
import { orderFiguresOf } from "./figures.ts";
import { makeReports, type FiledReport, type FilingKind } from "./filing.ts";
import { orderForm, orderPaper, reportPaper } from "./paper.ts";

const plan = testPlan();

const answered = (): OrderHall => {
  const hall = new OrderHall();
  hall.raise({ channel: "phone", wordsId: "words-1" });
  hall.takeIn();
  hall.dispatch();
  hall.accept();
  hall.give(lin, "ReportOrderToCity", { orderId: ORDER, reason: "需要市级部门明确口径" });
  hall.answer({ cause: "guideUnclear", guideChange: "写明场地证明的三种形式" });
  return hall;
};

describe("the paper of a work order", () => {
  it("has every field of the district's template, filled in", () => {
    const form = orderForm(answered().order(), plan, "林晓");
    const labels = [...form.header, ...form.stats, ...form.rows, ...form.footer, form.cc].map(([label]) => label);
    expect(labels).toEqual([
      "填报人",
      "联系电话",
      "工作单接收部门",
      "部门名称",
      "问题所属领域",
      "受理途径",
      "涉及事项（个）",
      "群众反映记录",
      "编号",
      "受理时间",
      "事项名称",
      "未成功受理原因",
      "存在问题",
      "完成时限",
      "是否需要市级部门协调解决",
      "有关要求",
      "抄送",
    ]);
    const values = Object.fromEntries([...form.header, ...form.stats, ...form.rows, ...form.footer]);
    expect(values).toMatchObject({
      填报人: "林晓",
      工作单接收部门: HEALTH,
      受理途径: "线上",
      群众反映记录: "见附件",
      编号: "No.2026-0001",
      未成功受理原因: "多次申办未办成",
      完成时限: "5个工作日，2026-11-30前",
      是否需要市级部门协调解决: "是（需要市级部门明确口径）",
      有关要求: "请按期办结并反馈",
    });
  });

  it("is a document that the printer takes, at any stage of an order", () => {
    const fresh = new OrderHall();
    fresh.raise();
    for (const hall of [fresh, answered()]) {
      const paper = orderPaper(hall.order(), plan, "", "2026-11-23");
      expect(documentSchema.safeParse(paper).error).toBeUndefined();
      expect(documentLines(paper).join("\n")).toContain("No.2026-0001");
    }
  });
});

const HOUR = 3_600_000;
/** A week with two orders in it, one of them overdue, filed by the department and by the lead department, with a correction. */
const filedWeek = (): { readonly department: FiledReport; readonly lead: FiledReport } => {
  const hall = answered();
  hall.raise({ orderId: "order-2", itemName: "户外广告设置" });
  hall.takeIn(2, "government", "order-2");
  hall.dispatch("department", HEALTH, "order-2");
  const noon = Date.UTC(2026, 10, 27, 4);
  const corrections = [{ at: noon + 5 * HOUR, text: "第 2 号工作单应计入挂牌督办", by: "lin" }];
  const filed = (kind: FilingKind, dueAt: number): FiledReport => {
    const [report] = makeReports(plan, hall.state.workOrders.values(), { kind, dueAt }, 0, dueAt + 1_000);
    if (!report) throw new Error(`no report of the ${kind}`);
    return { ...report, corrections };
  };
  return { department: filed("department", noon), lead: filed("lead", noon + 4 * HOUR) };
};

describe("the papers of work orders read as in their golden files", () => {
  const { department, lead } = filedWeek();
  it.each([
    ["workOrder", orderPaper(answered().order(), plan, "林晓", "2026-11-23")],
    ["orderReportDepartment", reportPaper(department, plan)],
    ["orderReportLead", reportPaper({ ...lead, corrections: [] }, plan)],
  ] as const)("%s", (name, paper) => {
    expect(documentSchema.safeParse(paper).error).toBeUndefined();
    expectGolden(name, paper);
  });

  it("however long they are, nothing is left out", () => {
    const rows = Array.from({ length: 700 }, (_, n) => ({ ...lead.rows[0]!, number: `2026-${String(n)}` }));
    const paper = reportPaper({ ...lead, rows }, plan);
    expect(documentSchema.safeParse(paper).error).toBeUndefined();
    const text = documentLines(paper).join("\n");
    expect(rows.every(({ number }) => text.includes(`\n${number}　`))).toBe(true);
  });
});

describe("why things fail here", () => {
  it("leads to the matter and the text of its guide that has to change, the most frequent first", () => {
    const { guideFaults, byCause, byDepartment, all } = orderFiguresOf([answered().order()], Date.UTC(2026, 10, 24));
    expect(guideFaults).toEqual([
      {
        itemCode: "item-1",
        itemName: "食品经营许可",
        cause: "guideUnclear",
        orders: ["2026-0001"],
        changes: [{ change: "写明场地证明的三种形式", openOrders: [ORDER], done: null }],
      },
    ]);
    expect(byCause).toMatchObject([{ key: "guideUnclear", raised: 1 }]);
    expect(byDepartment).toMatchObject([{ key: HEALTH, raised: 1, closed: 0 }]);
    expect(all).toMatchObject({ raised: 1, overdue: 0 });
  });

  it("tells what was changed, by whom and when, and puts what is still to be changed first", () => {
    const hall = answered();
    hall.raise({ orderId: "order-2", itemCode: "item-2" });
    hall.takeIn(3, "government", "order-2");
    hall.answer({ orderId: "order-2", cause: "guideWrong", guideChange: "承诺时限改为三日" }, lin);
    hall.now += 3_600_000;
    hall.give(lin, "RecordGuideChange", { orderId: ORDER, what: "材料三已列明三种形式" });
    const orders = [...hall.state.workOrders.values()];
    expect(orderFiguresOf(orders, hall.now).guideFaults.map(({ changes }) => changes)).toEqual([
      [{ change: "承诺时限改为三日", openOrders: ["order-2"], done: null }],
      [
        {
          change: "写明场地证明的三种形式",
          openOrders: [],
          done: { what: "材料三已列明三种形式", at: hall.now, by: "lin" },
        },
      ],
    ]);
  });
});
