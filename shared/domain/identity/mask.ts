/** 440106199001011234 → 440***********1234: first three and last four on staff screens (domain.md, Protecting people). */
export const maskId = (idNo: string): string =>
  idNo.length < 8 ? idNo.replaceAll(/./g, "*") : `${idNo.slice(0, 3)}${"*".repeat(idNo.length - 7)}${idNo.slice(-4)}`;

/** 440106199001011234 → **************1234: the last four only, where others than staff may look. */
export const maskIdOutside = (idNo: string): string =>
  idNo.length < 8 ? "*".repeat(idNo.length) : `${"*".repeat(idNo.length - 4)}${idNo.slice(-4)}`;

/** 张三丰 → 张**. */
export const maskName = (name: string): string => {
  const [first = "", ...rest] = [...name];
  return first + "*".repeat(Math.min(rest.length, 3));
};

/** 13812345678 → 138****5678; what is too short to be a phone is not shown at all. */
export const maskPhone = (phone: string): string =>
  phone.length < 7 ? "" : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
