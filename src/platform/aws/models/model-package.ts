import type { DescribeModelPackageOutput } from '@aws-sdk/client-sagemaker';
import type { ApprovalStatus, ModelVersion } from '../../ports/registry.js';
import { own, readMetadata } from './package-metadata.js';
import { folderOf, keyOrUri } from '../storage/s3-uri.js';

/** A package that somebody else registered says less: no hash, no figures, and its framework stands for the family. */
export function versionOfPackage(found: DescribeModelPackageOutput, ownBucket: string): ModelVersion {
  const metadata = readMetadata(found.CustomerMetadataProperties ?? {});
  const container = found.InferenceSpecification?.Containers?.[0];
  const data = container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri ?? '';
  return {
    group: found.ModelPackageGroupName ?? '',
    version: versionOfArn(found.ModelPackageArn)?.version ?? found.ModelPackageName ?? 'unknown',
    status: statusOf(found.ModelApprovalStatus),
    description: found.ModelPackageDescription ?? '',
    createdAt: metadata[own.createdAt] ?? found.CreationTime?.toISOString() ?? '',
    artifacts: metadata[own.artifacts] ?? folderOf(keyOrUri(data, ownBucket)),
    sha256: metadata[own.sha256] ?? '',
    name: metadata[own.name] ?? found.ModelPackageGroupName ?? '',
    family: metadata[own.family] ?? metadata.framework ?? container?.Framework?.toLowerCase() ?? 'unknown',
    metrics: metricsIn(metadata),
    metadata: {
      ...Object.fromEntries(Object.entries(metadata).filter(([key]) => !key.startsWith('mlops:'))),
      ...(metadata[own.leftOut] === undefined ? {} : { left_out: metadata[own.leftOut] }),
    },
  };
}

/** `v3` of `…:model-package/<group>/3`; undefined for a package without a group. */
export function versionOfArn(arn: string | undefined): { group: string; version: string } | undefined {
  const match = /:model-package\/([^/]+)\/(\d+)$/.exec(arn ?? '');
  return match ? { group: match[1]!, version: `v${match[2]}` } : undefined;
}

/** A figure that could not be computed is written `null`. */
function metricsIn(metadata: Record<string, string>): Record<string, number | null> {
  const entries = Object.entries(metadata).filter(([key]) => key.startsWith(own.metric));
  return Object.fromEntries(
    entries.map(([key, text]) => {
      const value = text === '' || text === 'null' ? Number.NaN : Number(text);
      return [key.slice(own.metric.length), Number.isFinite(value) ? value : null];
    }),
  );
}

/** A package that nobody has judged counts as waiting for somebody. */
function statusOf(status: string | undefined): ApprovalStatus {
  return status === 'Approved' || status === 'Rejected' ? status : 'PendingManualApproval';
}
