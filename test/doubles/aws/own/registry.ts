import { done, refusal, type Part } from './part.js';

/** Model packages and their groups: moto knows no deletion. */
export function modelPackages(): Part {
  const deleted = new Set<string>();
  const deletedGroups = new Set<string>();
  const missing = (arn: string) => refusal('ValidationException', `ModelPackage ${arn} does not exist.`);
  return {
    answers: {
      DeleteModelPackageGroup({ ModelPackageGroupName }) {
        deletedGroups.add(String(ModelPackageGroupName));
        return done();
      },
      DeleteModelPackage({ ModelPackageName }) {
        deleted.add(String(ModelPackageName));
        return done();
      },
      DescribeModelPackage: ({ ModelPackageName }) =>
        deleted.has(String(ModelPackageName)) ? missing(String(ModelPackageName)) : undefined,
    },
    shown: {
      ListModelPackageGroups(answer) {
        const list = answer.ModelPackageGroupSummaryList as { ModelPackageGroupName: string }[];
        const living = list.filter((one) => !deletedGroups.has(one.ModelPackageGroupName));
        return { ...answer, ModelPackageGroupSummaryList: living };
      },
      ListModelPackages(answer) {
        const list = answer.ModelPackageSummaryList as { ModelPackageArn: string }[];
        return { ...answer, ModelPackageSummaryList: list.filter((one) => !deleted.has(one.ModelPackageArn)) };
      },
    },
  };
}
