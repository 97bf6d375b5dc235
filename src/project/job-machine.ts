import { jobsSchema, type Jobs, type ProjectFile } from './schema.js';

/** What jobs of an environment run on and within; what nobody set is the schema's default. */
export type JobMachine = Pick<Jobs, 'instance' | 'volumeGb' | 'kmsKey' | 'network' | 'isolated' | 'encryptTraffic'>;

export function jobMachine(file: ProjectFile, environment: string): JobMachine {
  return jobsSchema.parse(file.environments[environment]?.jobs ?? {});
}

/** As SageMaker's requests have it: `ClusterConfig` of a processing job, `ResourceConfig` of a training job. */
export function clusterOf({ instance, volumeGb, kmsKey }: JobMachine, instances: number) {
  return {
    InstanceType: instance,
    InstanceCount: instances,
    VolumeSizeInGB: volumeGb,
    ...(kmsKey === undefined ? {} : { VolumeKmsKeyId: kmsKey }),
  };
}

/** As SageMaker's requests have it: `NetworkConfig` of a processing job; a training job has the same fields itself. */
export function networkOf({ network, isolated, encryptTraffic }: JobMachine) {
  return {
    EnableNetworkIsolation: isolated,
    EnableInterContainerTrafficEncryption: encryptTraffic,
    ...(network === undefined
      ? {}
      : { VpcConfig: { Subnets: network.subnets, SecurityGroupIds: network.securityGroups } }),
  };
}
