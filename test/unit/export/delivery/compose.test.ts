import assert from 'node:assert/strict';
import { load } from 'js-yaml';
import { composeFiles } from '../../../../src/export/compose/files.js';
import type { Delivery } from '../../../../src/export/delivery/served.js';
import { changed, templateOf, templates } from './templates.js';

interface Service {
  image: string;
  volumes?: string[];
  networks?: string[];
  read_only?: boolean;
  cap_drop?: string[];
  ports?: string[];
}
const fileOf = ({ files }: Delivery, name: string) => files.find((one) => one.name === name)?.text;
const servicesOf = (delivery: Delivery) =>
  (load(fileOf(delivery, 'compose.yaml')!) as { services: Record<string, Service> }).services;

describe('a project as a stack of Docker Compose', () => {
  it('is the same for the same mlops.json, of every template', () => {
    assert.equal(templates.length, 5);
    for (const served of templates) assert.deepEqual(composeFiles(served), composeFiles(served));
  });

  it('has the parts of a watched service, of which callers reach nginx alone', () => {
    for (const served of templates) {
      const services = servicesOf(composeFiles(served));
      assert.deepEqual(Object.keys(services), ['api', 'nginx', 'prometheus', 'grafana', 'backup']);
      for (const [name, { ports, networks = [], read_only, cap_drop }] of Object.entries(services)) {
        assert.equal(ports !== undefined || networks.includes('outside'), name === 'nginx', name);
        assert.deepEqual([read_only, cap_drop], [true, ['ALL']], name);
      }
    }
  });

  it('brings every file that a service is given, but those that its README has made', () => {
    const made = ['./model', './tls', './api/metrics-token', './secrets/grafana-password'];
    for (const served of templates) {
      const delivery = composeFiles(served);
      const given = Object.values(servicesOf(delivery)).flatMap(({ volumes = [] }) => volumes);
      const files = given.map((one) => one.split(':')[0]!).filter((path) => path.startsWith('./'));
      for (const path of files.filter((one) => !made.includes(one)))
        assert.ok(
          delivery.files.some(({ name }) => `./${name}` === path || `./${name}`.startsWith(`${path}/`)),
          path,
        );
      const ignored = fileOf(delivery, '.gitignore')!;
      for (const path of made)
        assert.ok(ignored.includes(path.replace('./secrets/grafana-password', './secrets/').slice(1)), path);
    }
  });

  it('collects figures with a secret of their own where people sign in, and openly where nobody does', () => {
    const signedIn = composeFiles(templateOf('predictive-maintenance'));
    assert.match(fileOf(signedIn, 'prometheus.yml')!, /credentials_file: "\/etc\/prometheus\/metrics-token"/);
    assert.equal(fileOf(signedIn, 'api/mlops.json'), templateOf('predictive-maintenance').source);
    const open = composeFiles(templateOf('hdd-failure'));
    assert.doesNotMatch(fileOf(open, 'prometheus.yml')!, /authorization/);
    assert.equal(fileOf(open, 'api/mlops.json'), undefined);
  });

  it('says which routes nobody could call, for it is not said who may', () => {
    const { left, files } = composeFiles(templateOf('house-prices'));
    assert.ok(left.some(({ name, why }) => name === '/predict' && why.includes('who may call')));
    assert.ok(!files.some(({ name }) => name === 'api/mlops.json'));
    const open = changed('house-prices', ({ api }) => Object.assign(api as object, { auth: { kind: 'none' } }));
    assert.ok(composeFiles(open).files.some(({ name }) => name === 'api/mlops.json'));
  });

  it('takes bodies as large as the api does, and keeps figures to itself', () => {
    const conf = fileOf(composeFiles(templateOf('predictive-maintenance')), 'nginx.conf')!;
    assert.match(conf, /client_max_body_size 1048576;/);
    assert.match(conf, /location = \/metrics \{\s+return 404;/);
    assert.match(fileOf(composeFiles(templateOf('hdd-failure')), 'nginx.conf')!, /client_max_body_size 26214400;/);
  });
});
