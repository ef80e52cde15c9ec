// What the files say that a managed compute leaves on its machine. Read defensively: any of them may be missing, or anyone's.

import { findRecord } from '../model/json.ts'

export interface VantageFiles {
  fileText(path: string): string | undefined
  exists(path: string): boolean
}

interface SageMakerResource {
  readonly kind: 'app' | 'notebook-instance'
  readonly arn?: string
}

export const resourceMetadataPath = '/opt/ml/metadata/resource-metadata.json'
export const notebookVersionPath = '/etc/opt/ml/sagemaker-notebook-instance-version.txt'
export const processingConfigPath = '/opt/ml/config/processingjobconfig.json'
export const trainingConfigPath = '/opt/ml/input/config/resourceconfig.json'
export const boardAssetTagPath = '/sys/devices/virtual/dmi/id/board_asset_tag'

/**
 * Studio apps and notebook instances leave the same file: the ARN in it tells them apart.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/notebooks-run-and-manage-metadata.html
 */
export function findSageMakerResource(files: VantageFiles): SageMakerResource | undefined {
  const metadata = findRecord(files.fileText(resourceMetadataPath) ?? '')
  if (!metadata) return undefined
  const arn = findArn(metadata.ResourceArn)
  if (arn?.includes(':notebook-instance/')) return { kind: 'notebook-instance', arn }
  const isApp =
    /:(?:app|space)\//.test(arn ?? '') || typeof metadata.DomainId === 'string' || typeof metadata.AppType === 'string'
  return isApp ? { kind: 'app', ...(arn && { arn }) } : undefined
}

export function findProcessingJobArn(files: VantageFiles): string | undefined {
  return findArn(findRecord(files.fileText(processingConfigPath) ?? '')?.ProcessingJobArn)
}

/** The instance id that Nitro shows in DMI: also inside a container on that instance. */
export function findBoardInstanceId(files: VantageFiles): string | undefined {
  return /^i-[0-9a-f]{8,17}$/.exec(files.fileText(boardAssetTagPath)?.trim() ?? '')?.[0]
}

export function findRegionOfArn(arn: string | undefined): string | undefined {
  return /^arn:aws[a-z-]*:[a-z0-9-]+:([a-z]{2,}(?:-[a-z]+)+-\d+):/.exec(arn ?? '')?.[1]
}

function findArn(value: unknown): string | undefined {
  return typeof value === 'string' && /^arn:aws[a-z-]*:[\x21-\x7e]{1,400}$/.test(value) ? value : undefined
}
