import { transformAsync } from "@babel/core";
import { lingui } from "@lingui/vite-plugin";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Turns Lingui's macros into plain calls. Only files that use them pass through Babel; types and JSX stay for the bundler. */
function words(): Plugin {
  return {
    name: "banyan-words",
    enforce: "pre",
    async transform(code, id) {
      const file = id.split("?")[0] ?? id;
      if (!/\.tsx?$/.test(file) || file.includes("node_modules") || !code.includes("/macro")) return null;
      const done = await transformAsync(code, {
        filename: file,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        // The English text stays in the code, so that a word that no catalogue has yet is still a word.
        plugins: [["@lingui/babel-plugin-lingui-macro", { stripMessageField: false }]],
      });
      return done?.code ? { code: done.code, map: done.map } : null;
    },
  };
}

/** Leaves out what React Aria would say in languages that the window does not speak; English is what it falls back to. */
function ourLanguages(): Plugin {
  const spoken = new Set(["en-US", "zh-CN"]);
  return {
    name: "banyan-our-languages",
    enforce: "pre",
    load(id) {
      const locale = /\/react-(?:aria|stately|aria-components)\/.*\/intl\/.*\/([a-z]{2}-[A-Z]{2})\.m?js$/.exec(id)?.[1];
      return locale && !spoken.has(locale) ? "export default {};" : null;
    },
  };
}

export default defineConfig({
  plugins: [ourLanguages(), words(), react(), lingui()],
  clearScreen: false,
  server: { port: 5199, strictPort: true },
  build: { target: "safari16.4", chunkSizeWarningLimit: 800 },
  test: {
    css: false,
    // A busy machine is no fault of the screen.
    testTimeout: 60_000,
    // Rules need no page; only components get one.
    projects: [
      { extends: true, test: { name: "rules", environment: "node", include: ["src/**/*.test.ts"] } },
      {
        extends: true,
        test: { name: "components", environment: "jsdom", setupFiles: ["src/testing/setup.ts"], include: ["src/**/*.test.tsx"] },
      },
    ],
  },
});
