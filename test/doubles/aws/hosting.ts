import { SageMaker } from '@aws-sdk/client-sagemaker';
import { freePort } from '../../support/free-port.js';
import { removeContainer, runContainer, type Container, type PlatformStore } from './containers.js';

interface Hosted extends Container {
  port: number;
  variant: string;
}

/** Endpoints that really answer: the first variant's model is served by our container entry as a local process. */
export function hostingDouble(url: string, store: PlatformStore) {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const sagemaker = new SageMaker({ endpoint: url, region: 'us-east-1', credentials });
  const hosted = new Map<string, Hosted>();

  async function end(name: string): Promise<void> {
    const one = hosted.get(name);
    if (one === undefined) return;
    hosted.delete(name);
    one.process.kill('SIGTERM');
    await one.ended;
    removeContainer(one);
  }

  return {
    /** Serves what an endpoint's configuration says, in place of what served before. */
    async serve(name: string, configName: string): Promise<void> {
      const { ProductionVariants = [] } = await sagemaker.describeEndpointConfig({ EndpointConfigName: configName });
      const { ModelName, VariantName = '' } = ProductionVariants[0]!;
      const { PrimaryContainer } = await sagemaker.describeModel({ ModelName });
      const port = await freePort();
      const said: string[] = [];
      let listens = () => undefined as void;
      const ready = new Promise<void>((resolve) => (listens = resolve));
      const container = await runContainer({
        command: ['mlops', 'serve', '--container'],
        environment: { ...PrimaryContainer?.Environment, SAGEMAKER_BIND_TO_PORT: String(port) },
        prepare: (path) => store.unpack(PrimaryContainer!.ModelDataUrl!, path('/opt/ml/model')),
        onLine(line) {
          said.push(line);
          if (line.includes('on port')) listens();
        },
      });
      const ended = container.ended.then((code) =>
        Promise.reject(new Error(`it ended with ${code}: ${said.join('\n')}`)),
      );
      await Promise.race([ready, ended]);
      ended.catch(() => undefined);
      await end(name);
      hosted.set(name, { ...container, port, variant: VariantName });
    },
    end,
    /** The container's answer to a request that the runtime hands on. */
    async invoke(name: string, body: Buffer, contentType: string) {
      const one = hosted.get(name);
      if (one === undefined) return undefined;
      const response = await fetch(`http://127.0.0.1:${one.port}/invocations`, {
        method: 'POST',
        body: new Uint8Array(body),
        headers: { 'content-type': contentType },
      });
      return {
        status: response.status,
        contentType: response.headers.get('content-type') ?? '',
        body: Buffer.from(await response.arrayBuffer()),
        variant: one.variant,
      };
    },
    async stop(): Promise<void> {
      for (const name of [...hosted.keys()]) await end(name);
    },
  };
}
