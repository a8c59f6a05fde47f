/** Three pages, hashed names under assets/, and beside each text file its compressed forms, made once instead of per request. */

import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const PAGES = ["index", "host", "screen"];
// What three pages share, but for what a phone fetches only where the host wanted it.
const SHARED = /^(?!.*(reaction|applause)).*(\.tsx?$|preact)/;
const IS_TEXT = /\.(html|js|css|svg|json)$/;

const STYLE = /[ \t]*<link rel="stylesheet"[^>]*>\n?/g;

/** As in the sources, what a page builds on comes before its own: of two rules as specific the page's must win. */
function designFirst(): Plugin {
  const isPages = (link: string) => Number(!link.includes("/design-"));
  return {
    name: "design-first",
    transformIndexHtml: {
      order: "post",
      handler: (html) => {
        const links = html.match(STYLE) ?? [];
        const sorted = links.toSorted((one, other) => isPages(one) - isPages(other));
        return html.replace(STYLE, () => sorted.shift() ?? "");
      },
    },
  };
}

function precompressed(): Plugin {
  return {
    name: "precompressed",
    apply: "build",
    async writeBundle(options, bundle) {
      const files = Object.keys(bundle).filter((name) => IS_TEXT.test(name));
      await Promise.all(files.map((name) => compress(join(options.dir ?? "", name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const content = await readFile(file);
  const best = {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(content, best));
  await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}

export default defineConfig({
  plugins: [designFirst(), precompressed()],
  build: {
    // Never `data:` addresses (the security policy forbids most), and no polyfill for browsers that play anyway.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: PAGES.map((name) => resolve(import.meta.dirname, `${name}.html`)),
      output: {
        // What three pages share is one file: on a slow line each file of its own is waited for.
        codeSplitting: { groups: [{ name: "shared", minShareCount: 3, test: SHARED }] },
      },
    },
  },
  server: {
    // `npm run dev` beside a running `make up`.
    proxy: { "/api": "http://localhost:8080", "/ws": { target: "http://localhost:8080", ws: true } },
  },
});
