/** Called with the number of users that are done, and of all users. */
export type UpkeepProgress = (doneUsers: number, allUsers: number) => void;
