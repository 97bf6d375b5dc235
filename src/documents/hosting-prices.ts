/**
 * What one machine that serves a model costs an hour, for telling a person roughly what an endpoint costs. An estimate:
 * AWS changes prices, and discounts, storage and traffic are not in it. A type or region that is not here has no price.
 */
export const hostingPrices = {
  region: 'us-east-1',
  currency: 'USD',
  /** When the figures were gathered, and from where. */
  asOf: '2026-11',
  source:
    'on-demand prices for real-time inference as published for Amazon SageMaker in 2024 and 2025, gathered from public ' +
    "cost tables that agree with each other, and not from AWS's own price list",
  perHour: {
    'ml.t2.medium': 0.056,
    'ml.m5.large': 0.115,
    'ml.m5.xlarge': 0.23,
    'ml.m5.2xlarge': 0.461,
    'ml.m5.4xlarge': 0.922,
    'ml.m5.12xlarge': 2.765,
    'ml.m5.24xlarge': 5.53,
    'ml.c5.large': 0.102,
    'ml.c5.xlarge': 0.204,
    'ml.c5.2xlarge': 0.408,
    'ml.c5.4xlarge': 0.816,
    'ml.c5.9xlarge': 1.836,
    'ml.c5.18xlarge': 3.672,
    'ml.r5.large': 0.151,
    'ml.r5.xlarge': 0.302,
    'ml.r5.2xlarge': 0.605,
    'ml.g4dn.xlarge': 0.736,
    'ml.g4dn.2xlarge': 0.94,
    'ml.g4dn.4xlarge': 1.505,
    'ml.g4dn.8xlarge': 2.72,
    'ml.g4dn.12xlarge': 4.89,
    'ml.g5.xlarge': 1.408,
    'ml.g5.2xlarge': 1.515,
    'ml.g5.4xlarge': 2.03,
    'ml.g5.8xlarge': 3.06,
    'ml.g5.12xlarge': 7.09,
    'ml.g5.24xlarge': 10.18,
    'ml.g5.48xlarge': 20.36,
    'ml.p3.2xlarge': 3.825,
    'ml.p3.8xlarge': 14.688,
    'ml.p3.16xlarge': 28.152,
  } as Readonly<Record<string, number>>,
} as const;

/** Price of one machine for an hour in US dollars, or in words why it is not known. */
export function hourlyPrice(instance: string, region: string | undefined): number | string {
  if (region !== hostingPrices.region)
    return `prices are known for ${hostingPrices.region} only, and this is ${region ?? 'no region'}`;
  return hostingPrices.perHour[instance] ?? `the price of ${instance} is not in the table of ${hostingPrices.asOf}`;
}
