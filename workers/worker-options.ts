import {fileURLToPath} from 'node:url';
import type {WorkerOptions} from '@temporalio/worker';

/** The bundle made at build time, or, without one, the workflows' sources bundled now. */
export function workflowCode(bundle: string | undefined): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  if (bundle) return {workflowBundle: {codePath: bundle}};
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return {workflowsPath: fileURLToPath(new URL(`../workflows/index.${extension}`, import.meta.url))};
}

/** What Temporal calls all workers of this service together. */
export const DEPLOYMENT = 'waybill';

/** Off unless the deployment says which build this is: then runs stay on the build they started on. */
export function versioning(buildId: string | undefined): Pick<WorkerOptions, 'workerDeploymentOptions'> {
  if (!buildId) return {};
  return {
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: {deploymentName: DEPLOYMENT, buildId},
      defaultVersioningBehavior: 'PINNED',
    },
  };
}

/** Milliseconds between the end of the last attempt that may be under way and the end of patience. */
const MARGIN = 5_000;

/** A worker that is told to stop takes nothing new and lets every attempt end by itself, however long it may take. */
export function patience(longestAttempt: number): Pick<WorkerOptions, 'shutdownGraceTime' | 'shutdownForceTime'> {
  return {shutdownGraceTime: longestAttempt + MARGIN, shutdownForceTime: longestAttempt + 2 * MARGIN};
}
