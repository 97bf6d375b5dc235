/** What a model predicts: the probability of class 1, one probability a class, or a value. */
export type Task = 'binary' | 'multiclass' | 'regression';
