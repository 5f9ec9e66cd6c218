import type { CampaignParameters } from '../../model/campaign.ts'
import type { ClickId } from '../../model/clickIds.ts'
import type { Campaign } from '../../model/event.ts'
import { limits } from '../../model/limits.ts'
import type { CampaignCondition, CampaignRule, SiteCampaign } from '../../model/siteCampaign.ts'
import { checkFlag, checkList, checkObject, checkText, checkThat, checkWord, OptionError, type Check, type Checks } from './check.ts'

const fields = ['name', 'source', 'medium', 'term', 'content', 'clickId', 'network'] as const

const toChecks = <T>(check: Check<T>) => Object.fromEntries(fields.map(field => [field, check])) as Record<keyof Campaign, Check<T>>

const checkNames: Check<string | string[]> = (value, key) => (typeof value === 'string' ? checkText(value, key) : checkList(checkText)(value, key))

const checkValue = checkThat(
  `a text of at most ${limits.campaignValue} characters`,
  (value): value is string => typeof value === 'string' && value !== '' && value.length <= limits.campaignValue,
)

/** An object whose keys are the owner's, each with a value that passes. */
const checkRecord =
  <T>(check: Check<T>): Check<Record<string, T>> =>
  (value, key) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new OptionError(key, 'expected an object')
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, check(entry, `${key}.${name}`)]))
  }

const checkCondition: Check<CampaignCondition> = (value, key) => {
  const when = checkObject<CampaignCondition>({ host: checkText, path: checkText, parameters: checkRecord(checkText) })(value, key)
  if (!Object.keys(when).length) throw new OptionError(key, 'expected host, path or parameters')
  return when
}

const checkRule = checkObject<CampaignRule>({ when: checkCondition, set: checkObject<Campaign>(toChecks(checkValue)), always: checkFlag }, ['when', 'set'])

/** What stands under `campaign` of a site. */
export const checkCampaign = checkObject<SiteCampaign>({
  parameters: checkObject<CampaignParameters>(toChecks(checkNames) as Checks<CampaignParameters>),
  utm: checkFlag,
  removeTags: checkFlag,
  clickIds: checkRecord(checkObject<ClickId>({ network: checkValue, source: checkValue, medium: checkValue }, ['network'])),
  rules: checkList(checkRule),
  lowercase: checkList(checkWord(fields)),
})
