import { describe, expect, it } from "vitest";
import anhui from "../../../data/reports/anhui.json";
import zhejiang from "../../../data/reports/zhejiang.json";
import { mapRecord, reportProfileSchema, type ReportFacts } from "./report-profile.ts";

const profiles = { zhejiang: reportProfileSchema.parse(zhejiang), anhui: reportProfileSchema.parse(anhui) };
const facts: ReportFacts = {
  "hall.areaCode": "330100",
  "hall.areaName": "杭州市",
  "hall.regionCode12": "330100000000",
  "item.taskCode": "11330100002489559B4000105001000",
  "item.name": "企业设立登记",
  "item.kind": "行政许可",
  "item.kindName": "行政许可",
  "item.department": "市场监督管理局",
  "item.deptCode": "11330100002489559B",
  "item.promise": "promised",
  "project.no": "A001-20261123",
  "project.name": "企业设立登记",
  "project.status": "done",
  "project.acceptedAt": "2026-11-23 09:00:00",
  "person.kind": "person",
  "review.channel": "qr",
  "review.level": 2,
  "review.tags": "207,214",
  "review.text": "等了两小时",
  "review.time": "2026-11-23 09:30:00",
  "review.count": "first",
  "review.standing": "counts",
};

describe("the same review", () => {
  it("has each province's own fields and codes", () => {
    const { zhejiang: zj, anhui: ah } = profiles;
    const east = mapRecord(zj.evaluation, zj.constants, facts);
    expect(east.problems).toEqual([]);
    expect(east.record).toMatchObject({
      pf: "3",
      satisfaction: "2",
      promiseTime: "1",
      dataSource: "133",
      proStatus: "3",
    });
    const inland = mapRecord(ah.evaluation, ah.constants, facts);
    expect(inland.problems).toEqual([]);
    expect(inland.record).toMatchObject({
      evaluateChannel: "EWM",
      promiseType: "1",
      serviceCategory: "01",
      handleStateCode: "9",
    });
  });

  it("tells what is missing, too long, or has no code, field by field", () => {
    const { zhejiang: zj } = profiles;
    const bad = {
      ...facts,
      "item.name": null,
      "review.text": "长".repeat(151),
      "review.channel": "telegraph",
      "review.time": "yesterday",
    };
    expect(mapRecord(zj.evaluation, zj.constants, bad).problems).toEqual([
      { field: "taskName", problem: "required" },
      { field: "pf", problem: "code" },
      { field: "writingEvaluation", problem: "length" },
      { field: "assessTime", problem: "type" },
    ]);
  });
});
