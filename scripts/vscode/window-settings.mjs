// User settings of the windows that are opened from here.
import { themes } from './themes.mjs';

/** Of each: no start page, nothing fetched, nothing reported. */
export const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
};

/**
 * A person's: the theme follows their system. The folder is the project that they have just made and run from the
 * terminal, and the window is thrown away afterwards: asking whether to trust it would only be in the way.
 */
export const personalSettings = { 'window.autoDetectColorScheme': true, 'security.workspace.trust.enabled': false };

/** A test's: nothing asks, so that it meets the extension at once, and its loopback calls use no proxy. */
export const testSettings = {
  'security.workspace.trust.enabled': false,
  'http.proxySupport': 'off',
  'workbench.colorTheme': themes.dark,
};
