// Makes what the portal serves out of our sources and the pinned packages.
//
//   node build.mjs SOURCE_FOLDER TARGET_FOLDER
//
// Standard input: JSON {"names": [...]}, the KERN class and icon names that our
// templates, scripts and form code mention. Everything else of KERN is left out.
// Packages are found in node_modules beside this file's copy (see README.md).

import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { Features, transform } from "lightningcss";
import postcss from "postcss";
import { PurgeCSS } from "purgecss";
import rtlcss from "rtlcss";
import subsetFont from "subset-font";

const [source, target] = process.argv.slice(2);
const names = JSON.parse(fs.readFileSync(0, "utf8")).names;
const packages = path.join(
  path.dirname(createRequire(import.meta.url).resolve("postcss/package.json")),
  "..",
);

// Browsers since early 2022; newer syntax (nesting, light-dark) is written out for them.
const BROWSERS = { chrome: 99 << 16, edge: 99 << 16, firefox: 97 << 16, safari: (15 << 16) | (4 << 8) };

// HTML elements that KERN styles and our templates use.
const ELEMENTS =
  "html body main a p ul ol li dl dt dd h1 h2 h3 h4 h5 h6 img svg picture table caption thead tbody tfoot tr th td " +
  "form fieldset legend label input textarea select option button details summary strong em mark i span div";

// --- fonts -------------------------------------------------------------------

const letters = (...ranges) =>
  ranges
    .map(([first, last]) =>
      String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, step) => first + step)),
    )
    .join("");

const ARABIC =
  "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیەۆۇڕڵێھۀ،؛؟ـًٌٍَُِّْٰ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٪٫٬";
const FONTS = [
  {
    family: "Fira Sans",
    file: "fira-sans",
    part: "latin",
    characters:
      letters([0x20, 0x7e], [0xa0, 0xff], [0x2010, 0x2026]) + "ıŒœˆ˚˜‰‹›€™←↑→↓−",
    range:
      "U+0000-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,U+2212",
  },
  {
    family: "Fira Sans",
    file: "fira-sans",
    part: "latin-ext",
    characters: letters([0x100, 0x17f], [0x218, 0x21b]) + "ẞ",
    range: "U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E",
  },
  {
    family: "Fira Sans",
    file: "fira-sans",
    part: "cyrillic",
    characters: letters([0x400, 0x45f]) + "Ґґ№\u0301",
    range: "U+0301,U+0400-045F,U+0490-0491,U+2116",
  },
  {
    family: "Noto Sans Arabic",
    file: "noto-sans-arabic",
    part: "arabic",
    characters: ARABIC + " .:-()!/«»\u200c\u200d\u200e\u200f",
    range: "U+0600-06FF,U+200C-200F",
  },
];

/** Write the font files in `fonts/`; gives the @font-face rules for them. */
async function writeFonts() {
  const rules = [];
  for (const font of FONTS) {
    for (const weight of [400, 600]) {
      const original = `@fontsource/${font.file}/files/${font.file}-${font.part}-${weight}-normal.woff2`;
      const name = `${font.file}-${font.part}-${weight}.woff2`;
      const small = await subsetFont(
        fs.readFileSync(path.join(packages, original)),
        font.characters,
        { targetFormat: "woff2" },
      );
      fs.writeFileSync(path.join(target, "fonts", name), small);
      rules.push(
        `@font-face{font-family:"${font.family}";font-style:normal;font-weight:${weight};` +
          `font-display:swap;src:url("../fonts/${name}") format("woff2");unicode-range:${font.range}}`,
      );
    }
    fs.copyFileSync(
      path.join(packages, `@fontsource/${font.file}/LICENSE`),
      path.join(target, "fonts", `${font.file}-licence.txt`),
    );
  }
  return rules.join("\n");
}

// --- style sheet -------------------------------------------------------------

/** KERN's rules for the names we use, in a cascade layer that ours always win over. */
async function reducedKern() {
  const root = postcss.parse(
    fs.readFileSync(path.join(packages, "@kern-ux/native/dist/kern.css"), "utf8"),
  );
  root.walkAtRules((rule) => {
    // Light and dark come from tokens.css; KERN's sets would only weigh.
    if (rule.name === "media" && rule.params.includes("prefers-color-scheme")) rule.remove();
    if (rule.name === "charset") rule.remove();
  });
  root.walkRules((rule) => {
    if (rule.selector.startsWith(":is(body")) rule.selector = "body"; // the "-contextual" names
    else if (/data-kern-theme|kern-(dark|light)|kern-level/.test(rule.selector)) rule.remove();
    else if (rule.selector.includes("*:not(i)")) rule.remove(); // a font on every element; body has it
  });
  const [result] = await new PurgeCSS().purge({
    css: [{ raw: root.toString() }],
    content: [{ raw: [...names, ...ELEMENTS.split(" ")].join(" "), extension: "html" }],
    extractors: [{ extensions: ["html"], extractor: (text) => text.split(" ") }],
  });
  return `@layer kern{${result.css}}`;
}

/** One class per file in icons/: the drawing as a mask, the text colour as its colour. */
function iconRules() {
  return fs
    .readdirSync(path.join(source, "icons"))
    .filter((file) => file.endsWith(".svg"))
    .map((file) => file.slice(0, -4))
    .map((name) => {
      const drawing = fs
        .readFileSync(path.join(source, "icons", `${name}.svg`), "utf8")
        .replace(/\s*\n\s*/g, "")
        .replace(/"/g, "'")
        .replace(/[<>#%]/g, encodeURIComponent);
      return `.icon--${name}{--icon:url("data:image/svg+xml,${drawing}")}`;
    })
    .join("\n");
}

/** Our own style sheets: tokens first, then one file per component. */
function ownStyles() {
  const folder = path.join(source, "css");
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".css") && !file.startsWith("admin"));
  const first = ["tokens.css", "base.css"];
  const last = ["print.css"];
  const middle = files.filter((file) => ![...first, ...last].includes(file)).sort();
  const ordered = [...first, ...middle, ...last];
  return ordered.map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
}

/** The administration: admin.css, then admin-….css, one file a subject. */
function adminStyles() {
  const folder = path.join(source, "css");
  const files = fs.readdirSync(folder).filter((file) => /^admin-.*\.css$/.test(file)).sort();
  return ["admin.css", ...files].map((file) => fs.readFileSync(path.join(folder, file), "utf8")).join("\n");
}

/** Remove custom properties that nothing reads, until nothing more falls away. */
function withoutUnusedProperties(css) {
  const root = postcss.parse(css);
  for (let removed = true; removed; ) {
    removed = false;
    const read = new Set(Array.from(root.toString().matchAll(/var\(\s*(--[\w-]+)/g), (match) => match[1]));
    root.walkDecls(/^--/, (declaration) => {
      if (!read.has(declaration.prop)) {
        declaration.remove();
        removed = true;
      }
    });
  }
  root.walkRules((rule) => {
    if (rule.nodes.length === 0) rule.remove();
  });
  return root.toString();
}

/** Minified CSS for our browsers. `name` stands in messages about faults. */
function minified(name, css) {
  const { code, warnings } = transform({
    filename: name,
    code: Buffer.from(css),
    minify: true,
    targets: BROWSERS,
    exclude: Features.LogicalProperties | Features.DirSelector,
  });
  for (const warning of warnings) console.error(`${name}: ${warning.message}`);
  return code.toString();
}

function write(name, content) {
  fs.writeFileSync(path.join(target, name), content);
}

for (const folder of ["css", "fonts"]) fs.mkdirSync(path.join(target, folder), { recursive: true });
const fontRules = await writeFonts();
const styles = withoutUnusedProperties(
  [await reducedKern(), ownStyles(), iconRules()].join("\n"),
);
const sheet = minified("site.css", `${fontRules}\n${styles}`);
write("css/site.css", sheet);
write("css/site.rtl.css", minified("site.rtl.css", rtlcss.process(sheet)));
write("css/admin.css", minified("admin.css", adminStyles()));
for (const folder of ["js", "images"]) {
  fs.cpSync(path.join(source, folder), path.join(target, folder), { recursive: true });
}
console.log(
  `Stylesheet ${Math.round(sheet.length / 1024)} kB, gepackt ${Math.round(gzipSync(sheet).length / 1024)} kB`,
);
