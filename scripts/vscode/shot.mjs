// Opens a folder in VS Code with our extension, runs commands, and saves a picture:
//   node scripts/vscode/shot.mjs --folder DIR --out FILE.png [--theme dark|light|hc|hc-light] [--size 1680x960]
//     [--open FILE]… [--command ID]… [--wait SELECTOR]…
// --open opens a file of the folder in the editor that VS Code chooses; --command runs a command without arguments; both
// in the order given. --wait awaits a CSS selector, in the window or in a webview. Build first (`npm run build`).
import { dirname, resolve } from 'node:path';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startBridge } from './bridge.mjs';
import { openPage } from './browser.mjs';
import { onInterrupt } from './processes.mjs';
import { startVsCode, testSettings } from './serve.mjs';
import { themes } from './themes.mjs';
import { webviewWith } from './webviews.mjs';
