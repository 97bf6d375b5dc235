/**
 * The AWS SDK's clients, each loaded on first use. The build makes a file of its own of this one, so that nothing that
 * starts without AWS has to parse the SDK.
 */
export const s3 = () => import('@aws-sdk/client-s3');
export const sagemaker = () => import('@aws-sdk/client-sagemaker');
export const runtime = () => import('@aws-sdk/client-sagemaker-runtime');
export const cloudwatch = () => import('@aws-sdk/client-cloudwatch');
export const logs = () => import('@aws-sdk/client-cloudwatch-logs');
export const athena = () => import('@aws-sdk/client-athena');
export const sts = () => import('@aws-sdk/client-sts');
export const iam = () => import('@aws-sdk/client-iam');
export const tagging = () => import('@aws-sdk/client-resource-groups-tagging-api');
export const credentialProviders = () => import('@aws-sdk/credential-providers');
export const sharedFiles = () => import('@smithy/core/config');
/** Requests by way of a company's proxy: of the SDK's own parts, so it lies in its file. */
export const proxy = () => import('./proxy.js');
