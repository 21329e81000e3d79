import type {Client} from '@temporalio/client';
import proto from '@temporalio/proto';
import {type ReplayResult, Worker, type WorkflowBundleOption} from '@temporalio/worker';
import {DEPLOYMENT} from './worker-options.ts';

const {PinnedOverrideBehavior} = proto.temporal.api.workflow.v1.VersioningOverride;
const PAUSE = 250;

export interface BuildState {
  build: string;
  /** new runs begin on it */
  current: boolean;
  /** runs that are open and stay on it */
  open: number;
}

/** Every build that ever worked here and is still known, newest first. */
export async function builds(client: Client, namespace: string): Promise<BuildState[]> {
  const {workerDeploymentInfo: info} = await client.workflowService.describeWorkerDeployment({
    namespace,
    deploymentName: DEPLOYMENT,
  });
  const current = info?.routingConfig?.currentDeploymentVersion?.buildId;
  const names = (info?.versionSummaries ?? []).flatMap(({deploymentVersion}) => deploymentVersion?.buildId ?? []);
  return Promise.all(
    names.map(async (build) => {
      const {count} = await client.workflow.count(openOn(build));
      return {build, current: build === current, open: count};
    }),
  );
}

/** New runs begin on this build; waits until its workers have reported. Throws after `patience` milliseconds. */
export async function makeCurrent(client: Client, namespace: string, build: string, patience = 60_000): Promise<void> {
  for (const began = Date.now(); ; ) {
    try {
      await client.workflowService.setWorkerDeploymentCurrentVersion({
        namespace,
        deploymentName: DEPLOYMENT,
        buildId: build,
        identity: 'waybill-deploy',
      });
      return;
    } catch (error) {
      if (Date.now() - began > patience) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

export interface Moved {
  moved: number;
  /** runs that this build would take another way; they stay where they are */
  left: {workflow_id: string; error: string}[];
}

/**
 * Moves the open runs of one build to another, whose workflows `bundle` are: each is replayed first, and one that the
 * new build would take another way stays.
 */
export async function moveRuns(
  client: Client,
  namespace: string,
  {from, to, bundle}: {from: string; to: string; bundle: WorkflowBundleOption},
): Promise<Moved> {
  const result: Moved = {moved: 0, left: []};
  const runs = new Map<string, {workflowId: string; runId: string}>();
  for await (const {workflowId, runId} of client.workflow.list({query: openOn(from)})) {
    runs.set(runId, {workflowId, runId});
  }
  const histories = (async function* () {
    for (const {workflowId, runId} of runs.values()) {
      yield {workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory()};
    }
  })();
  for await (const replayed of Worker.runReplayHistories({workflowBundle: bundle}, histories)) {
    if (await move(client, namespace, replayed, to, result)) result.moved += 1;
  }
  return result;
}

async function move(
  client: Client,
  namespace: string,
  {workflowId, runId, error}: ReplayResult,
  build: string,
  result: Moved,
): Promise<boolean> {
  if (error) {
    result.left.push({workflow_id: workflowId, error: error.message});
    return false;
  }
  const {PINNED_OVERRIDE_BEHAVIOR_PINNED: behavior} = PinnedOverrideBehavior;
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace,
    workflowExecution: {workflowId, runId},
    workflowExecutionOptions: {
      versioningOverride: {pinned: {behavior, version: {deploymentName: DEPLOYMENT, buildId: build}}},
    },
    updateMask: {paths: ['versioning_override']},
  });
  return true;
}

const openOn = (build: string) =>
  `ExecutionStatus = "Running" AND TemporalWorkerDeploymentVersion = "${DEPLOYMENT}:${build}"`;
