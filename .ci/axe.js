// Looks at pages of the guide as people do who cannot see or point: WCAG 2.2 AA by axe-core, wide and light, narrow and dark. Arguments: HTML files.
const fs = require("fs");
const path = require("path");
const puppeteer = require("puppeteer-core");

const rules = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const levels = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

(async () => {
  const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  let findings = 0;
  for (const file of process.argv.slice(2)) {
    for (const [width, scheme] of [[1280, "light"], [390, "dark"]]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
      await page.goto("file://" + path.resolve(file));
      await page.evaluate(rules);
      const found = await page.evaluate((tags) => axe.run(document, { runOnly: tags }), levels);
      for (const violation of found.violations) {
        findings += 1;
        console.log(`${path.basename(file)}, ${width} px, ${scheme}: ${violation.help}: ${violation.nodes[0].html.slice(0, 200)}`);
      }
      await page.close();
    }
  }
  await browser.close();
  console.log(`${findings} findings`);
  process.exit(findings ? 1 : 0);
})();
