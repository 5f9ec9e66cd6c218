/** True when the browser says, for all sites, that the visitor does not want to be tracked (Global Privacy Control). */
export const hasPrivacyControl = (): boolean => !!(navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
