/** Tells how many of all users are done. */
export type UpkeepProgress = (doneUsers: number, allUsers: number) => void;
