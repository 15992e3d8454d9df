import { describe, expect, it } from "vitest";
import { enrolPage, nodeOrigin } from "./platform.ts";

describe("a node's address", () => {
  it("is taken as people type it", () => {
    expect(nodeOrigin(" hall.example.gov.cn:7443 ")).toBe("https://hall.example.gov.cn:7443");
    expect(nodeOrigin("http://127.0.0.1:4800/app/?role=kiosk")).toBe("http://127.0.0.1:4800");
  });

  it("is refused when it is none", () => {
    for (const text of ["", "   ", "ftp://hall", "http://", "大厅 地址"]) expect(nodeOrigin(text)).toBeNull();
  });
});

describe("the page that enrols a browser", () => {
  it("carries code and name safely", () => {
    expect(enrolPage("http://127.0.0.1:4800", "AB CD&role=x", "1 号窗口")).toBe(
      "http://127.0.0.1:4800/app/?enrol=AB+CD%26role%3Dx&name=1+%E5%8F%B7%E7%AA%97%E5%8F%A3",
    );
  });
});
