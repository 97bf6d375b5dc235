import { statfs } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { Utilization } from './meter.js';

/** Measures this process since the last call: CPU time over wall time, resident memory of all, used disk at `folder`. */
export function utilizationOf(folder: string): () => Promise<Utilization> {
  let cpu = process.cpuUsage();
  let at = performance.now();
  return async () => {
    const used = process.cpuUsage(cpu);
    const elapsed = Math.max((performance.now() - at) * 1000, 1);
    cpu = process.cpuUsage();
    at = performance.now();
    const disk = await statfs(folder);
    return {
      CPUUtilization: (100 * (used.user + used.system)) / elapsed,
      MemoryUtilization: (100 * process.memoryUsage.rss()) / totalmem(),
      DiskUtilization: 100 * (1 - disk.bavail / disk.blocks),
    };
  };
}
