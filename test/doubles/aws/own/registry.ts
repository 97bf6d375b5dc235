import { done, refusal, type Part } from './part.js';

/** Model packages: moto knows no deletion. */
export function modelPackages(): Part {
  const deleted = new Set<string>();
  const missing = (arn: string) => refusal('ValidationException', `ModelPackage ${arn} does not exist.`);
  return {
    answers: {
      DeleteModelPackage({ ModelPackageName }) {
        deleted.add(String(ModelPackageName));
        return done();
      },
      DescribeModelPackage: ({ ModelPackageName }) =>
        deleted.has(String(ModelPackageName)) ? missing(String(ModelPackageName)) : undefined,
    },
    shown: {
      ListModelPackages(answer) {
        const list = answer.ModelPackageSummaryList as { ModelPackageArn: string }[];
        return { ...answer, ModelPackageSummaryList: list.filter((one) => !deleted.has(one.ModelPackageArn)) };
      },
    },
  };
}
