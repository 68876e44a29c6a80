export const texts = {
  change: 'Change the password …',
  changed: 'The password is changed. Use the new one the next time you sign in.',
  current: 'Current password',
  lost: 'It is not known whether the password was changed: the answer was lost. The next time you sign in, try the new one first, then the old one.',
  missing: 'Enter the password with which you sign in.',
  new: 'New password',
  newHint: '12 to 128 characters.',
  repeat: 'New password again',
  repeatWrong: 'The two new passwords differ.',
  save: 'Change the password',
  title: 'Change your password',
  wrongLength: 'A password has 12 to 128 characters.',
} as const;
