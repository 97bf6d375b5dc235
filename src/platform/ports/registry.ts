import type { CallOptions } from './calls.js';
import type { PageOptions, Page } from './pages.js';

export type ApprovalStatus = 'Approved' | 'PendingManualApproval' | 'Rejected';

export interface ModelVersion {
  group: string;
  /** `v1`, `v2`, … */
  version: string;
  status: ApprovalStatus;
  description: string;
  createdAt: string;
  /** Prefix of its artifacts in the bucket, e.g. `artifacts/models/v3/`. */
  artifacts: string;
  /** sha256 of `model.tar.gz`: model and preprocessing are one artifact. */
  sha256: string;
  name: string;
  family: string;
  metrics: Record<string, number | null>;
  metadata: Record<string, string>;
}

export interface RegistryReader {
  groups(options?: PageOptions): Promise<Page<string>>;
  /** Newest first. */
  list(group: string, options?: PageOptions): Promise<Page<ModelVersion>>;
  get(group: string, version: string, options?: CallOptions): Promise<ModelVersion | undefined>;
}

export interface RegistryWriter {
  /** The version that the next `register` takes. */
  nextVersion(group: string, options?: CallOptions): Promise<string>;
  register(version: ModelVersion, options?: CallOptions): Promise<void>;
  setStatus(group: string, version: string, status: ApprovalStatus, why: string, options?: CallOptions): Promise<void>;
}
