import { everyAnswer } from './every-answer.js';
import { lateAndLostAnswers } from './late-and-lost-answers.js';
import { overseerPath } from './overseer-path.js';
import { randomQuestions } from './random-questions.js';
import { shareSteps } from './share-steps.js';
import { states } from './states.js';
import { describePage } from './describe-page.js';

describePage(overseerPath, shareSteps, states, lateAndLostAnswers, everyAnswer, randomQuestions);
