/** 440106199001011234 → 440***********1234: first three and last four on staff screens (domain.md, Protecting people). */
export const maskId = (idNo: string): string =>
  idNo.length < 8 ? idNo.replaceAll(/./g, "*") : `${idNo.slice(0, 3)}${"*".repeat(idNo.length - 7)}${idNo.slice(-4)}`;

/** 张三丰 → 张**. */
export const maskName = (name: string): string => {
  const [first = "", ...rest] = [...name];
  return first + "*".repeat(Math.min(rest.length, 3));
};
