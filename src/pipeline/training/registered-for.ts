import type { StageOutput } from '../../documents/run.js';
import { everyItem } from '../../platform/ports/pages.js';
import type { ModelVersion } from '../../platform/ports/registry.js';
import type { StageContext } from '../stage.js';
import { modelGroupName } from '../../project/names.js';

/**
 * The version that an interrupted run of a stage registered for exactly these inputs. Only the newest one that the
 * stage made can be that: an older one with the same inputs was replaced since, on purpose.
 */
export async function registeredFor(
  context: StageContext,
  stage: 'train' | 'retrain',
  fingerprint: string,
): Promise<{ model: ModelVersion; outputs: StageOutput[] } | undefined> {
  const group = modelGroupName(context.project.file.name);
  for await (const model of everyItem((page) => context.environment.registry.list(group, page))) {
    if (model.metadata.stage !== stage) continue;
    if (model.metadata.fingerprint !== fingerprint) return undefined;
    return { model, outputs: [{ uri: `${model.artifacts}model.tar.gz`, sha256: model.sha256, rows: null }] };
  }
  return undefined;
}
