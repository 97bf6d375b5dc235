import { nobody, read, write, type Rights } from '../rights/rights.js';

/** The registry, and the models that endpoints are made of. */
export const modelRights: Rights = {
  needs({ sagemaker, name }) {
    const [group, packages] = [`model-package-group/${name}`, `model-package/${name}/*`];
    const models = sagemaker(`model/${name}-*`);
    return [
      read('sagemaker', ['ListModelPackageGroups'], '*'),
      read('sagemaker', ['DescribeModel'], ...sagemaker('model/*')),
      read('sagemaker', ['DescribeModelPackageGroup', 'ListModelPackages'], ...sagemaker(group)),
      read('sagemaker', ['DescribeModelPackage'], ...sagemaker(packages)),
      write('sagemaker', ['CreateModel', 'DeleteModel'], ...models),
      write('sagemaker', ['CreateModelPackageGroup', 'DeleteModelPackageGroup'], ...sagemaker(group)),
      write(
        'sagemaker',
        ['CreateModelPackage', 'UpdateModelPackage', 'DeleteModelPackage'],
        ...sagemaker(group, packages),
      ),
      write('sagemaker', ['AddTags', 'ListTags'], ...models, ...sagemaker(group)),
    ];
  },
  probes: {
    'sagemaker:ListModelPackageGroups': async ({ clients }, options) =>
      (await clients.sagemaker()).listModelPackageGroups({ MaxResults: 1 }, options),
    'sagemaker:DescribeModel': async ({ clients }, options) =>
      (await clients.sagemaker()).describeModel({ ModelName: nobody }, options),
    'sagemaker:DescribeModelPackageGroup': async ({ clients, project }, options) =>
      (await clients.sagemaker()).describeModelPackageGroup({ ModelPackageGroupName: project.file.name }, options),
    'sagemaker:ListModelPackages': async ({ clients, project }, options) =>
      (await clients.sagemaker()).listModelPackages(
        { ModelPackageGroupName: project.file.name, MaxResults: 1 },
        options,
      ),
  },
};
