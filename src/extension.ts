/** Called by VS Code when something of ours is first used. */
export function activate(): void {
  // The parts register themselves here as they arrive.
}
