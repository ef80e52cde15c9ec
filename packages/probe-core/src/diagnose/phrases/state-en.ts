// Sentences of proof about the state of instances, databases, services and groups, in English.

export const statePhrases = {} as const
