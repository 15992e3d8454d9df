/** A telephone number as people give it: mobile, or land line with or without area code and extension, or international. */
export const isPhone = (text: string): boolean =>
  /^(1[3-9]\d{9}|(0\d{2,3}-?)?[2-9]\d{6,7}(-\d{1,6})?|\+\d{6,15})$/.test(text);
