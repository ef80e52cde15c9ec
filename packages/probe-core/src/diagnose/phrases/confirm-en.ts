// Sentences of proof about what the control plane told about the path, in English.

export const confirmPhrases = {} as const
