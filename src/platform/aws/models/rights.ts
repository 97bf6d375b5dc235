import { named, nobody, read, rightsOf, write } from '../rights/rights.js';

const group = named('model-group', 'ModelPackageGroupName');

/** A version has the tags of its group and none of its own. */
const groupOf = (arn: unknown) => {
  const name = /:model-package\/(.+)\/\d+$/.exec(String(arn))?.[1];
  return name === undefined
    ? { kind: 'model-version' as const, name: String(arn) }
    : { kind: 'model-group' as const, name };
};

/** The registry, and the models that endpoints are made of. */
export const modelRights = rightsOf({
  needs({ sagemaker, name }) {
    const [own, packages] = [`model-package-group/${name}`, `model-package/${name}/*`];
    const models = sagemaker(`model/${name}-*`);
    return [
      read('sagemaker', ['ListModelPackageGroups'], '*'),
      read('sagemaker', ['DescribeModel'], ...sagemaker('model/*')),
      read('sagemaker', ['DescribeModelPackageGroup', 'ListModelPackages'], ...sagemaker(own)),
      read('sagemaker', ['DescribeModelPackage'], ...sagemaker(packages)),
      write('sagemaker', ['CreateModel', 'DeleteModel'], ...models),
      write('sagemaker', ['CreateModelPackageGroup', 'DeleteModelPackageGroup'], ...sagemaker(own)),
      write(
        'sagemaker',
        ['CreateModelPackage', 'UpdateModelPackage', 'DeleteModelPackage'],
        ...sagemaker(own, packages),
      ),
      write('sagemaker', ['AddTags', 'ListTags'], ...models, ...sagemaker(own)),
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
  finds: {
    model: async ({ clients }, ModelName, options) =>
      (await (await clients.sagemaker()).describeModel({ ModelName }, options)).ModelArn,
    'model-group': async ({ clients }, ModelPackageGroupName, options) =>
      (await (await clients.sagemaker()).describeModelPackageGroup({ ModelPackageGroupName }, options))
        .ModelPackageGroupArn,
    'model-version': (_, arn) => Promise.resolve(arn),
  },
  touches: {
    CreateModel: named('model', 'ModelName'),
    DeleteModel: named('model', 'ModelName'),
    CreateModelPackageGroup: group,
    DeleteModelPackageGroup: group,
    CreateModelPackage: group,
    UpdateModelPackage: ({ ModelPackageArn }) => [groupOf(ModelPackageArn)],
    DeleteModelPackage: ({ ModelPackageName }) => [groupOf(ModelPackageName)],
  },
});
