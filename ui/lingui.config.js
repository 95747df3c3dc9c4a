import { formatter } from "@lingui/format-po";

/** One catalogue for the frame of the program and one for each feature, so that no two people edit the same file. */
export default {
  sourceLocale: "en",
  locales: ["en", "zh-CN"],
  compileNamespace: "es",
  format: formatter({ lineNumbers: false, printPlaceholdersInComments: false }),
  catalogs: [
    { path: "<rootDir>/src/shell/locales/{locale}", include: ["src/shell", "src/design", "src/host"], exclude: ["**/*.test.*"] },
    { path: "<rootDir>/src/features/{name}/locales/{locale}", include: ["src/features/{name}"], exclude: ["**/*.test.*"] },
  ],
};
