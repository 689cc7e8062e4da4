// Builds every console, one after the other, into dist/<library>. `npm run build -- antd mui` builds only those.
import { cpSync, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import vue from '@vitejs/plugin-vue';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import tailwindcss from '@tailwindcss/vite';
import { build } from 'vite';

const here = import.meta.dirname;
const all = [
  'antd', 'mui', 'radix', 'mantine', 'bootstrap', 'headlessui', 'antd-settings', 'mui-settings', 'bootstrap-legacy',
  'shoelace',
  'datatables',
  'vuetify',
  'fluent',
  'react-aria',
  'in-house',
  'angular-material',
  'jquery-legacy',
  'primevue',
  'element-plus',
  'chakra',
  'carbon',
  'patternfly',
  'naive',
  'ag-grid',
  'quasar',
  'svelte',
  'semantic',
  'cloudscape',
].filter((name) =>
  existsSync(resolve(here, 'src', name, 'index.html')),
);
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;

for (const name of wanted) {
  const started = Date.now();
  await build({
    configFile: false,
    root: resolve(here, 'src', name),
    base: '/',
    logLevel: 'warn',
    plugins: [react(), vue(), svelte(), tailwindcss()],
    // Angular leaves out its development checks only when told so.
    define: name === 'angular-material' ? { ngDevMode: 'false' } : {},
    build: {
      outDir: resolve(here, 'dist', name),
      emptyOutDir: true,
      chunkSizeWarningLimit: 4000,
      reportCompressedSize: false,
    },
  });
  // Shoelace fetches each icon when it is first shown, from a copy beside the pages.
  if (name === 'shoelace') {
    const icons = 'assets/icons';
    cpSync(resolve(here, 'node_modules/@shoelace-style/shoelace/dist', icons), resolve(here, 'dist', name, icons), { recursive: true });
  }
  console.log(`${name}: built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
