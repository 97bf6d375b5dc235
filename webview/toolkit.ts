import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';

/** The only module that knows the toolkit, which is archived: to replace it is to change this file. */
provideVSCodeDesignSystem().register(vsCodeButton());

/** A push button in VS Code's own look; `primary` is for the one action that most likely comes next. */
export function pushButton(label: string, look: 'primary' | 'secondary', onPress: () => void): HTMLElement {
  const button = document.createElement('vscode-button');
  button.setAttribute('appearance', look);
  button.textContent = label;
  button.addEventListener('click', onPress);
  return button;
}
