// Sentences of proof about package indexes, in English.

export const packagesPhrases = {} as const
