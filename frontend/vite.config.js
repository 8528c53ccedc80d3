import { defineConfig } from "vite";

// Tabler lies in a lower cascade layer, but what is !important there would win over everything above it.
const yielding = {
  name: "yielding",
  generateBundle(_options, bundle) {
    for (const asset of Object.values(bundle)) {
      if (asset.fileName.endsWith(".css")) asset.source = String(asset.source).replaceAll(/\s*!important/g, "");
    }
  },
};

export default defineConfig({
  base: "./",
  plugins: [yielding],
  build: {
    outDir: "../src/xiaoneng/ui/static/vendor",
    emptyOutDir: true,
    manifest: "manifest.json",
    license: { fileName: "licenses.md" },
    modulePreload: false,
    target: "es2022",
    rollupOptions: { input: "src/main.js", output: { entryFileNames: "[name]-[hash].js", chunkFileNames: "[name]-[hash].js", assetFileNames: "[name]-[hash][extname]" } },
  },
});
