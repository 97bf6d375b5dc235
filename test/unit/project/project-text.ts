/** A well-formed project file, as text; each test spoils what it is about. */
export const goodProject = `{
  // comments are welcome
  "name": "demo",
  "sources": { "rows": { "files": "data/*.csv" } },
  "features": {
    "entity": "id",
    "split": { "by": "entity", "train": 0.4, "validation": 0.1, "test": 0.1, "production": 0.4 }
  },
  "model": {
    "task": "binary",
    "target": "failed",
    "candidates": [
      { "name": "a", "family": "lightgbm", "columns": ["x_*"] }
    ],
    "threshold": { "keep": "recall >= 0.70" }
  },
  "endpoint": { "name": "demo" },
  "monitor": {
    "gates": [
      { "id": "recall", "level": "hard", "rule": "recall >= 0.70", "action": "retrain" },
      { "id": "fpr", "level": "soft", "rule": "fpr <= 1.25 * baseline" }
    ],
    "soft": { "fail": 1 }
  },
}
`;

/** Replaces one piece of text that must be there exactly once. */
export function spoiled(...changes: [found: string, replacement: string][]): string {
  return changes.reduce((text, [found, replacement]) => {
    if (text.split(found).length !== 2) throw new Error(`not there exactly once: ${found}`);
    return text.replace(found, () => replacement);
  }, goodProject);
}
