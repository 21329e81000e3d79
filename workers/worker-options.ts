import {fileURLToPath} from 'node:url';
import type {WorkerOptions} from '@temporalio/worker';

/** The bundle made at build time, or, without one, the workflows' sources bundled now. */
export function workflowCode(bundle: string | undefined): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  if (bundle) return {workflowBundle: {codePath: bundle}};
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return {workflowsPath: fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url))};
}

/** Off unless the deployment says which build this is: then runs stay on the build they started on. */
export function versioning(buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!buildId) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: {deploymentName: 'waybill', buildId},
      defaultVersioningBehavior: 'PINNED',
    },
  };
}
