// Sentences of proof about resources that the user named, in English.

export const resourcesPhrases = {} as const
